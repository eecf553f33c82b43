package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.sallyport.server.access.Role;
import dev.sallyport.server.api.EventReader.Event;
import dev.sallyport.server.app.RunningServer;
import dev.sallyport.testing.agent.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code Prefer: wait=N}: one request for a short directive. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // so that an answer that never comes is a failure
class WaitingRequestTest {
  private static final String ROUTE = "/api/v1/directives";

  @TempDir
  Path directory;
  private ApiScene scene;

  @BeforeEach
  void start() throws IOException {
    scene = ApiScene.open(directory);
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void aShortDirectiveIsAnsweredWithItsEndAndItsOutput() throws Exception {
    LiveMachine machine = scene.enrol("quick", (_, _) -> Answer.printed("hello\n"));
    Reply reply = scene.owner().post(ROUTE, ApiScene.shell("echo hello", machine), "Prefer: wait=15");
    JsonNode answer = reply.good(201);
    String id = answer.get("id").stringValue();
    assertThat(reply.header("preference-applied")).isEqualTo("wait=15");
    assertThat(reply.header("location")).isEqualTo(ROUTE + "/" + id);
    assertThat(answer.get("counts")).hasToString("{\"done\":1}");
    assertThat(answer.get("runs").get(0)).isEqualTo(scene.run(id));
    assertThat(answer.get("output").get(0).get("text").stringValue()).isEqualTo("hello\n");
    assertThat(answer.get("outputComplete").booleanValue()).isTrue();
    try (EventReader rest = scene.owner().events(ROUTE + "/" + id + "/events",
        "Last-Event-ID: " + answer.get("lastEventId").stringValue())) {
      assertThat(rest.toEnd()).as("nothing is left to tell").hasSize(1);
    }
  }

  @Test
  void whatDoesNotEndInTimeIsAnsweredAsItStandsAndGoesOnFromThere() throws Exception {
    var program = new HeldProgram(Answer.printed("at last\n"));
    LiveMachine machine = scene.enrol("slow", program);
    JsonNode answer = scene.owner().post(ROUTE, ApiScene.shell("sleep", machine), "Prefer: wait=1").good(201);
    assertThat(answer.get("runs").get(0).get("state").stringValue()).isEqualTo("running");
    assertThat(answer.get("output")).isEmpty();
    program.letGo();
    try (EventReader rest = scene.owner().events(ROUTE + "/" + answer.get("id").stringValue() + "/events",
        "Last-Event-ID: " + answer.get("lastEventId").stringValue())) {
      assertThat(rest.toEnd().stream().map(Event::name)).containsExactly("output", "run", "end");
    }
  }

  @Test
  void muchOutputIsToldInPartAndTheRestByTheEvents() throws Exception {
    int size = 5 << 20;
    LiveMachine machine = scene.enrol("loud", (_, _) -> Answer.printed("x".repeat(size)));
    JsonNode answer = scene.owner().post(ROUTE, ApiScene.shell("yes", machine), "Prefer: wait=20").good(201);
    assertThat(answer.get("outputComplete").booleanValue()).isFalse();
    long heard = 0;
    for (JsonNode piece : answer.get("output")) {
      heard += piece.get("text").stringValue().length();
    }
    try (EventReader rest = scene.owner().events(ROUTE + "/" + answer.get("id").stringValue() + "/events",
        "Last-Event-ID: " + answer.get("lastEventId").stringValue())) {
      heard += rest.toEnd().stream().filter(event -> event.name().equals("output"))
          .mapToLong(event -> event.data().get("text").stringValue().length()).sum();
    }
    assertThat(heard).isEqualTo(size);
  }

  @Test
  void aPreferenceThatIsNotUnderstoodIsPassedOver() throws Exception {
    LiveMachine machine = scene.enrol("plain", (_, _) -> Answer.printed("hello\n"));
    Reply reply = scene.owner().post(ROUTE, ApiScene.shell("echo", machine), "Prefer: respond-async; wait=ten");
    assertThat(reply.good(201).has("output")).isFalse();
    assertThat(reply.header("preference-applied")).isEmpty();
  }

  @Test
  void aRefusedOrderIsRefusedAtOnce() throws Exception {
    scene.owner().post(ROUTE, "{\"action\":\"shell\"}", "Prefer: wait=20").refused(400, "invalid-field");
  }

  @Test
  @DisplayName("T45 whoever was revoked while waiting is told nothing")
  void theRevokedAreToldNothing() throws Exception {
    var program = new HeldProgram(Answer.printed("secret\n"));
    LiveMachine machine = scene.enrol("held", program);
    var revoked = new Caller(scene.server(), List.of(RunningServer.bearer(scene.newToken(Role.OWNER))));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(() -> waiting(revoked, machine), threads);
      program.awaitBegin();
      assertThat(revoked.request("DELETE", "/api/v1/tokens/current", "").status()).isEqualTo(204);
      scene.server().clock.forward(Duration.ofSeconds(5)); // revoking bites within this time
      program.letGo();
      assertThat(reply.get(60, TimeUnit.SECONDS).refused(401, "unauthenticated").body()).doesNotContain("secret");
    }
  }

  @Test
  void aServerThatStopsLetsNobodyWait() throws Exception {
    var program = new HeldProgram(Answer.printed("never\n"));
    LiveMachine machine = scene.enrol("held", program);
    Caller owner = scene.owner();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(() -> waiting(owner, machine), threads);
      program.awaitBegin();
      scene.restart();
      JsonNode answer = reply.get(60, TimeUnit.SECONDS).good(201);
      assertThat(scene.run(answer.get("id").stringValue()).get("state").stringValue()).isEqualTo("running");
    }
    program.letGo();
  }

  private static Reply waiting(Caller caller, LiveMachine machine) {
    try {
      return caller.post(ROUTE, ApiScene.shell("wait", machine), "Prefer: wait=20");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
