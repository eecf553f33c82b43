package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.ApiException;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.api.UnreachableException;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.testing.installation.Installation;
import dev.sallyport.testing.installation.Program;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Directives under fire: server and agent are killed at random moments while operators keep giving directives. Every command
 * leaves a line in a file, so what really ran is known, and how often.
 */
final class KillNineTest {
  private static final int ROUNDS = Integer.getInteger("sallyport.kill.rounds", 40);
  private static final long SEED = Long.getLong("sallyport.seed", System.nanoTime());
  private static final int AGENTS = 4;
  /** Every so many kills hit the server; it takes longer to come back, so the agent is hit more often. */
  private static final int SERVER_EVERY = 5;
  private static final Duration LONGEST_LIFE = Duration.ofMillis(400);
  private static final Duration SETTLE = Duration.ofMinutes(3);
  private static final Set<String> OVER = Set.of("done", "failed", "refused", "unsupported", "expired", "cancelled",
      "unknown");

  @TempDir
  Path directory;

  /** Marker of each acknowledged directive, and its id. */
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final AtomicInteger markers = new AtomicInteger();
  private final AtomicBoolean firing = new AtomicBoolean(true);

  @Test
  @DisplayName("K14 M5 kill -9 of server or agent at random moments under load loses no directive and runs none twice")
  void nothingIsLostAndNothingRunsTwice() throws Exception {
    System.err.println("kill -9: seed " + SEED + ", " + ROUNDS + " rounds");
    Path ran = Files.createFile(directory.resolve("ran"));
    try (var installation = new Installation(directory)) {
      var agents = new ArrayList<Program>();
      for (int i = 0; i < AGENTS; i++) {
        agents.add(installation.addAgent("target-" + i));
      }
      var operators = new ArrayList<Thread>();
      for (String machine : awaitMachines(installation)) {
        operators.add(Thread.ofVirtual().start(() -> giveDirectives(installation, machine, ran)));
      }
      var random = new Random(SEED);
      for (int round = 1; round <= ROUNDS; round++) {
        LockSupport.parkNanos(random.nextLong(LONGEST_LIFE.toNanos()));
        if (round % SERVER_EVERY == 0) {
          installation.restartServer();
        } else {
          int victim = random.nextInt(AGENTS);
          agents.get(victim).kill();
          agents.set(victim, installation.startAgent("target-" + victim));
        }
      }
      firing.set(false);
      for (Thread operator : operators) {
        operator.join();
      }
      Map<String, JsonObject> ended = awaitEnds(installation);
      if (ended.size() < acknowledged.size()) {
        System.err.println(Evidence.of(installation, agents, openOf(ended)));
      }
      judge(ended, runs(ran));
    }
  }

  private void giveDirectives(Installation installation, String machine, Path ran) {
    while (firing.get()) {
      String marker = "m" + markers.incrementAndGet();
      var request = JsonObject.builder().put("action", "shell")
          .put("parameters",
              JsonObject.builder().put("command", "echo " + marker + " >> '" + ran + "'; echo out-" + marker).build())
          .put("machines", JsonArray.ofStrings(List.of(machine))).build();
      try (ApiClient client = installation.client()) {
        acknowledged.put(marker, client.post("/api/v1/directives", request).string("id"));
      } catch (UnreachableException | ApiException _) {
        // The server is down just now. Whether it stored the directive is open, so this marker is only counted, never expected.
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private static List<String> awaitMachines(Installation installation) {
    try (ApiClient client = installation.client()) {
      Instant end = Instant.now().plus(SETTLE);
      while (Instant.now().isBefore(end)) {
        List<JsonObject> machines = Fields.list(client.get("/api/v1/machines?state=online"), "machines");
        if (machines.size() == AGENTS) {
          return machines.stream().map(machine -> machine.string("id")).toList();
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
    throw new AssertionError("the machines did not appear");
  }

  /** The run of every acknowledged directive, once all of them are over. */
  private Map<String, JsonObject> awaitEnds(Installation installation) {
    var runs = new HashMap<String, JsonObject>();
    Instant end = Instant.now().plus(SETTLE);
    try (ApiClient client = installation.client()) {
      while (runs.size() < acknowledged.size() && Instant.now().isBefore(end)) {
        acknowledged.forEach((marker, id) -> {
          if (!runs.containsKey(marker)) {
            JsonObject run = Fields.list(client.get("/api/v1/directives/" + id), "runs").getFirst();
            if (OVER.contains(run.string("state"))) {
              runs.put(marker, run);
            }
          }
        });
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
    }
    return runs;
  }

  private Set<String> openOf(Map<String, JsonObject> ended) {
    var open = new TreeMap<>(acknowledged);
    open.keySet().removeAll(ended.keySet());
    return Set.copyOf(open.values());
  }

  private static Map<String, Integer> runs(Path ran) throws IOException {
    var counts = new TreeMap<String, Integer>();
    Files.readAllLines(ran).forEach(marker -> counts.merge(marker, 1, Integer::sum));
    return counts;
  }

  private void judge(Map<String, JsonObject> ended, Map<String, Integer> ran) {
    var states = new TreeMap<String, Integer>();
    ended.values().forEach(run -> states.merge(run.string("state"), 1, Integer::sum));
    System.err.println(
        "kill -9: " + acknowledged.size() + " directives acknowledged, ended " + states + ", " + ran.size() + " ran");

    assertThat(ran.entrySet()).as("commands that ran more than once").filteredOn(entry -> entry.getValue() > 1)
        .isEmpty();
    assertThat(ended.keySet()).as("acknowledged directives that came to an end")
        .containsExactlyInAnyOrderElementsOf(acknowledged.keySet());
    ended.forEach((marker, run) -> {
      switch (run.string("state")) {
        case "done" -> assertThat(ran).as("what is done has run").containsKey(marker);
        // Started, then the agent was killed: it cannot know how far the command came, says so, and does not run it again.
        case "unknown" -> assertThat(run.isNone("exitCode")).as("of %s nothing is claimed", marker).isTrue();
        default ->
          throw new AssertionError(marker + " ended as " + run.string("state") + ": " + Fields.text(run, "reason"));
      }
    });
    assertThat(states.getOrDefault("done", 0)).as("most directives are not under the hammer and succeed")
        .isGreaterThan(ended.size() / 2);
  }
}
