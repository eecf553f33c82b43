package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.testing.installation.Installation;
import dev.sallyport.testing.installation.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A site's settings reach its agents, which follow them and lose nothing. */
@EnabledOnOs(OS.LINUX)
final class SiteConnectionTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  /** For as long as most agents take to follow; then the machine has a quiet moment for sure. */
  private static final int ORDERS = 100;
  private static final Set<String> UNDER_WAY = Set.of("queued", "running");

  @TempDir
  static Path directory;
  private static Installation installation;

  @BeforeAll
  static void install() throws IOException {
    installation = new Installation(directory);
  }

  @AfterAll
  static void remove() {
    installation.close();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  @Test
  @DisplayName("K4 another order of transports moves an agent there, and orders given meanwhile are carried out once each")
  void anotherOrderMovesAnAgentAndLosesNothing() throws IOException {
    Program agent = installation.addAgent("moving");
    Path done = Files.createFile(directory.resolve("done"));
    try (ApiClient client = installation.client()) {
      await("it comes by WebSocket", () -> transport(client).equals("websocket"));
      String site = Fields.list(client.get("/api/v1/sites"), "sites").getFirst().string("id");
      String settings = "/api/v1/sites/" + site + "/connection";
      // What no server answers at must not hinder it either.
      client.put(settings, JsonObject.builder().putStrings("transports", List.of("https-poll"))
          .putStrings("addresses", List.of("https://127.0.0.1:9")).build());

      int orders = 0;
      while (orders < ORDERS && !transport(client).equals("https-poll")) {
        orders++;
        assertThat(runs(client, "echo " + orders + " >> '" + done + "'")).isEqualTo("done");
      }
      await("it comes by requests", () -> transport(client).equals("https-poll"));
      await("what it tried is told", () -> agent.said().contains(" by https-poll as "));
      assertThat(runs(client, "echo last >> '" + done + "'")).isEqualTo("done");

      client.put(settings, JsonObject.EMPTY);
      await("it comes by WebSocket again", () -> transport(client).equals("websocket"));
      List<String> lines = Files.readAllLines(done);
      assertThat(lines).hasSize(orders + 1).doesNotHaveDuplicates();
      assertThat(lines.getLast()).isEqualTo("last");
    }
    agent.stop();
  }

  private static String transport(ApiClient client) {
    List<JsonObject> machines = Fields.list(client.get("/api/v1/machines?state=online"), "machines");
    return machines.isEmpty() ? "" : machines.getFirst().string("transport");
  }

  /** Runs a shell command on the machine; answers how that ended. */
  private static String runs(ApiClient client, String command) throws IOException {
    String machine = Fields.list(client.get("/api/v1/machines"), "machines").getFirst().string("id");
    String id = client.post("/api/v1/directives", JsonObject.builder().put("action", "shell")
        .put("parameters", JsonObject.builder().put("command", command).build())
        .put("machines", JsonArray.ofStrings(List.of(machine))).build()).string("id");
    String[] state = {""};
    await("directive " + id + " is over", () -> {
      state[0] = Fields.list(client.get("/api/v1/directives/" + id), "runs").getFirst().string("state");
      return !UNDER_WAY.contains(state[0]);
    });
    return state[0];
  }

  private static void await(String what, Condition condition) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      assertThat(Instant.now()).as("it was to come about that " + what).isBefore(end);
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }
}
