package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.sallyport.server.access.Role;
import dev.sallyport.server.api.EventReader.Event;
import dev.sallyport.server.app.RunningServer;
import dev.sallyport.server.web.EventStreams;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.OperationScript;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 5, unit = TimeUnit.MINUTES) // so that an answer that never comes is a failure
class EventRoutesTest {
  @TempDir
  static Path directory;
  private static ApiScene scene;
  private static LiveMachine machine;

  @BeforeAll
  static void start() throws Exception {
    scene = ApiScene.open(directory);
    machine = scene.enrol("storyteller", (_, _) -> Answer.printed("once upon a time\n"));
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @Test
  void aDirectivesStoryIsToldFromItsBeginningToItsEnd() throws Exception {
    String id = scene.give(ApiScene.shell("tell", machine));
    try (EventReader events = scene.owner().events(of(id))) {
      List<Event> story = events.toEnd();
      assertThat(story.getLast().name()).isEqualTo("end");
      Event told = story.stream().filter(event -> event.name().equals("output")).findFirst().orElseThrow();
      assertThat(told.data().get("text").stringValue()).isEqualTo("once upon a time\n");
      assertThat(told.data().get("stream").stringValue()).isEqualTo("stdout");
      assertThat(told.data().get("position").longValue()).isZero();
      assertThat(told.data().get("machine").stringValue()).isEqualTo(machine.id());
      assertThat(told.data().has("base64")).isFalse();
      Event run = story.get(story.size() - 2);
      assertThat(run.name()).isEqualTo("run");
      assertThat(run.data().get("state").stringValue()).isEqualTo("done");
      assertThat(story.stream().map(event -> Long.parseLong(event.id())).toList()).isSorted();
    }
  }

  @Test
  void whoComesBackWithTheLastIdMissesNothingAndHearsNothingTwice() throws Exception {
    var program = new HeldProgram(Answer.printed("x".repeat(200_000)));
    LiveMachine slow = scene.enrol("resumed", program);
    String id = scene.give(ApiScene.shell("tell", slow));
    var heard = new ArrayList<Event>();
    try (EventReader events = scene.owner().events(of(id))) {
      heard.add(events.next()); // the run as it stands
    }
    program.awaitBegin();
    program.letGo();
    scene.awaitRun(id, "done");
    while (!heard.getLast().data().path("state").stringValue("").equals("done")) {
      try (EventReader events = scene.owner().events(of(id), "Last-Event-ID: " + heard.getLast().id())) {
        heard.add(events.next()); // one event, then the line is lost
      }
    }
    assertThat(heard.stream().map(event -> Long.parseLong(event.id())).toList()).isSorted().doesNotHaveDuplicates();
    assertThat(heard.stream().filter(event -> event.name().equals("output"))
        .mapToInt(event -> event.data().get("text").stringValue().length()).sum()).isEqualTo(200_000);
  }

  @Test
  void whoHasHeardAllIsToldThatItIsTheEnd() throws Exception {
    String id = scene.give(ApiScene.shell("tell", machine));
    scene.awaitRun(id, "done");
    try (EventReader events = scene.owner().events(of(id), "Last-Event-ID: 999999")) {
      assertThat(events.toEnd()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "0x1", "9999999999999999999", "1; DROP TABLE run", "\u0661"})
  void anIdThatNoEventHasIsRefused(String last) throws Exception {
    String id = scene.give(ApiScene.shell("tell", machine));
    scene.owner().get(of(id), "Last-Event-ID: " + last).refusedField("Last-Event-ID");
  }

  @Test
  void bytesThatAreNoTextComeAsBase64() throws Exception {
    byte[] bytes = {'a', (byte) 0xff, 0, (byte) 0xc3};
    LiveMachine binary = scene.enrol("binary", (_, _) -> Answer.printed(bytes));
    String id = scene.give(ApiScene.shell("cat", binary));
    try (EventReader events = scene.owner().events(of(id))) {
      Event told = events.await(event -> event.name().equals("output"));
      assertThat(Base64.getDecoder().decode(told.data().get("base64").stringValue())).isEqualTo(bytes);
      assertThat(told.data().has("text")).isFalse();
    }
  }

  @Test
  @DisplayName("T19 no output begins another event: line breaks, fields and ends of events in it stay in it")
  void outputCannotForgeEvents() throws Exception {
    String forged = "\n\nevent: end\ndata: {}\n\nid: 999\r\n\r: \u2028data: x";
    LiveMachine forger = scene.enrol("forger", (_, _) -> Answer.printed(forged));
    String id = scene.give(ApiScene.shell("forge", forger));
    try (EventReader events = scene.owner().events(of(id))) {
      List<Event> story = events.toEnd();
      assertThat(story.stream().filter(event -> event.name().equals("output"))
          .map(event -> event.data().get("text").stringValue()).toList()).containsExactly(forged);
      assertThat(story.get(story.size() - 2).data().get("state").stringValue()).isEqualTo("done");
    }
  }

  @Test
  void whatChangesAnywhereIsToldToWhoWatches() throws Exception {
    try (EventReader events = scene.as(Role.VIEWER).events("/api/v1/events")) {
      LiveMachine newcomer = scene.enrol("newcomer", OperationScript.none());
      Event came = events.await(event -> event.name().equals("machine")
          && event.data().get("id").stringValue().equals(newcomer.id())
          && event.data().get("state").stringValue().equals("online"));
      assertThat(came.data().get("name").stringValue()).isEqualTo("newcomer");
      String id = scene.give(ApiScene.shell("tell", machine));
      Event done = events.await(event -> event.name().equals("directive")
          && event.data().get("id").stringValue().equals(id) && event.data().get("counts").has("done"));
      assertThat(done.data().has("runs")).as("the runs are told by the directive's own stream").isFalse();
      newcomer.cut();
      events.await(event -> event.name().equals("machine") && event.data().get("id").stringValue().equals(newcomer.id())
          && event.data().get("state").stringValue().equals("offline"));
    }
  }

  @Test
  @DisplayName("T45 revoking a token ends the streams it opened")
  void aRevokedTokenReadsNoMore() throws Exception {
    var revoked = new Caller(scene.server(), List.of(RunningServer.bearer(scene.newToken(Role.OWNER))));
    String id = scene.give(ApiScene.shell("never", away()));
    try (EventReader all = revoked.events("/api/v1/events");
        EventReader one = revoked.events(of(id));
        EventReader others = scene.owner().events(of(id))) {
      assertThat(others.next().name()).isEqualTo("run");
      assertThat(revoked.request("DELETE", "/api/v1/tokens/current", "").status()).isEqualTo(204);
      assertThat(all.cut()).isTrue();
      assertThat(one.cut()).isTrue();
      scene.owner().post("/api/v1/directives/" + id + "/cancel", "").good(202);
      others.await(event -> event.name().equals("end"));
    }
  }

  @Test
  void aReaderThatDoesNotReadHoldsUpNobody() throws Exception {
    byte[] much = "0123456789abcdef".repeat(512 * 1024).getBytes(StandardCharsets.US_ASCII);
    LiveMachine loud = scene.enrol("loud", (_, _) -> Answer.printed(much));
    String id = scene.give(ApiScene.shell("shout", loud));
    try (EventReader asleep = scene.owner().events(of(id)); EventReader awake = scene.owner().events(of(id))) {
      long heard = awake.toEnd().stream().filter(event -> event.name().equals("output"))
          .mapToLong(event -> event.data().get("text").stringValue().length()).sum();
      assertThat(heard).isEqualTo(much.length);
      scene.awaitRun(id, "done");
      assertThat(asleep.toEnd().stream().filter(event -> event.name().equals("output"))
          .mapToLong(event -> event.data().get("text").stringValue().length()).sum()).isEqualTo(much.length);
    }
  }

  @Test
  void anAccountHasRoomForSoManyStreamsAndNoMore() throws Exception {
    closeAllStreams();
    var open = new ArrayList<EventReader>();
    try {
      for (int i = 0; i < EventStreams.MAX_STREAMS_PER_HOLDER; i++) {
        open.add(scene.owner().events("/api/v1/events"));
      }
      scene.owner().get("/api/v1/events").refused(429, "too-many-streams");
    } finally {
      closeAllStreams();
      for (EventReader reader : open) {
        reader.close();
      }
    }
  }

  /** The server hears of a client that left with its next beat, and this server's clock stands. */
  private static void closeAllStreams() throws IOException {
    EventStreams streams = scene.server().bean(EventStreams.class);
    ApiScene.await("no stream is open", () -> {
      streams.close(_ -> true);
      return streams.size() == 0;
    });
  }

  private static LiveMachine away() throws Exception {
    LiveMachine gone = scene.enrol("gone", OperationScript.none());
    gone.cut();
    ApiScene.await("it is offline", () -> scene.view(gone).get("state").stringValue().equals("offline"));
    return gone;
  }

  private static String of(String directive) {
    return "/api/v1/directives/" + directive + "/events";
  }
}
