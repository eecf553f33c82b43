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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

/** How an agent behaves on the machine it looks after, as seen by whoever administers that machine. */
@EnabledOnOs(OS.LINUX)
final class AgentOnItsMachineTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern CONNECTED = Pattern.compile("connected to \\S+ as ([0-9a-f-]{36})");
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

  @Test
  @DisplayName("K1 T43 an agent at work listens on no socket of any kind")
  void listensNowhere() throws IOException {
    Program agent = installation.addAgent("quiet");

    assertThat(awaitEnd(order(agent, "echo hello")).string("state")).isEqualTo("done");

    assertThat(ListeningSockets.of(installation.server().pid())).as("the server, so that this test can see")
        .isNotEmpty();
    assertThat(ListeningSockets.of(agent.pid())).isEmpty();
    agent.stop();
  }

  @Test
  @DisplayName("an agent that is stopped ends what it runs, leaves no process behind, and the server hears how it ended")
  void stopsInOrder() throws IOException {
    Program agent = installation.addAgent("stopped");
    Path pids = directory.resolve("pids");
    String id = order(agent, "echo $$ > '" + pids + "'; sleep 600 & echo $! >> '" + pids + "'; wait");
    await("the command runs", () -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);

    agent.stop();

    for (String pid : Files.readAllLines(pids)) {
      await("process " + pid + " has ended", () -> !runs(pid));
    }
    assertThat(agent.said()).contains("stopping; operations under way are ended: 1");
    Program next = installation.startAgent("stopped");
    JsonObject run = awaitEnd(id);
    assertThat(run.string("state")).isEqualTo("cancelled");
    assertThat(Fields.text(run, "reason")).contains("the agent on this machine was stopped");
    next.stop();
  }

  /** proc(5); an orphan that has ended stays as a zombie where process 1 does not look after its children, as in some containers. */
  private static boolean runs(String pid) {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException e) {
      return false; // it went before or while it was looked at
    }
  }

  /** Orders a shell command; returns the directive's id. */
  private static String order(Program agent, String command) throws IOException {
    try (ApiClient client = installation.client()) {
      return client.post("/api/v1/directives",
          JsonObject.builder().put("action", "shell")
              .put("parameters", JsonObject.builder().put("command", command).build())
              .put("machines", JsonArray.ofStrings(List.of(machineOf(agent)))).build())
          .string("id");
    }
  }

  /** As the agent tells it when it is connected. */
  private static String machineOf(Program agent) throws IOException {
    String[] id = {""};
    await("the agent is connected", () -> {
      Matcher connected = CONNECTED.matcher(agent.said());
      boolean found = connected.find();
      id[0] = found ? connected.group(1) : "";
      return found;
    });
    return id[0];
  }

  /** The one run of a directive, once it is over. */
  private static JsonObject awaitEnd(String directive) throws IOException {
    try (ApiClient client = installation.client()) {
      JsonObject[] run = new JsonObject[1];
      await("directive " + directive + " is over", () -> {
        run[0] = Fields.list(client.get("/api/v1/directives/" + directive), "runs").getFirst();
        return !UNDER_WAY.contains(run[0].string("state"));
      });
      return run[0];
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(String what, Condition condition) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      assertThat(Instant.now()).as("it was to come about that " + what).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
