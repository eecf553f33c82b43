package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.api.Trust;
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

/** Whole files between an operator's disk and a machine's, by the programs of the distribution. */
@EnabledOnOs(OS.LINUX)
final class FilesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int BYTES = (10 << 20) + 4711;
  private static final int LARGE_BYTES = 64 << 20;
  /** A transfer may be over before the kill comes; then it proves nothing, and another is begun. */
  private static final int MOST_TRIES = 5;

  @TempDir
  static Path directory;
  private static Installation installation;
  private static Program agent;
  private static String machine = "";

  @BeforeAll
  static void install() throws IOException {
    installation = new Installation(directory);
    agent = installation.addAgent("files");
    try (ApiClient client = installation.client()) {
      await("the machine is online", () -> {
        List<JsonObject> online = Fields.list(client.get("/api/v1/machines?state=online"), "machines");
        machine = online.isEmpty() ? "" : online.getFirst().string("id");
        return !online.isEmpty();
      });
    }
  }

  @AfterAll
  static void remove() {
    installation.close();
  }

  private static Path random(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(directory.resolve(name), content);
  }

  private static void sallyport(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(installation.home().resolve("bin/sallyport").toString()));
    command.addAll(List.of(arguments));
    String pin = installation.trust() instanceof Trust.Pinned(String sha256) ? sha256 : "";
    Program cli = Program.start(directory.resolve("cli.log"), Map.of("HOME", directory.toString(), "SALLYPORT_SERVER",
        installation.uri().toString(), "SALLYPORT_TOKEN", installation.token(), "SALLYPORT_PIN", pin), command);
    cli.awaitSuccess();
  }

  @Test
  @DisplayName("K8 a file goes to a machine and comes back, byte for byte, with the rights that were asked for")
  void thereAndBack() throws IOException {
    Path here = random("here \"and\" now.bin", BYTES);
    Path there = Files.createDirectory(directory.resolve("target"));
    sallyport("push", here.toString(), "--on", "id:" + machine, "--to", there + "/", "--mode", "0640");
    Path arrived = there.resolve(here.getFileName());
    assertThat(Files.mismatch(here, arrived)).isNegative();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(arrived))).isEqualTo("rw-r-----");
    try (var left = Files.list(there)) {
      assertThat(left).as("no part is left").hasSize(1);
    }
    Path back = directory.resolve("back.bin");
    sallyport("pull", "id:" + machine + ":" + arrived, back.toString());
    assertThat(Files.mismatch(here, back)).isNegative();
  }

  @Test
  @DisplayName("K8 a transfer that a kill -9 of the server interrupts goes on and arrives whole")
  void aKilledServerGoesOn() throws IOException {
    Path there = random("large.bin", LARGE_BYTES);
    String id = interrupted(there);
    installation.restartServer();
    try (ApiClient client = installation.client()) {
      await("it is over", () -> isOver(run(client, id)));
      JsonObject run = run(client, id);
      assertThat(run.string("state")).as(Fields.text(run, "reason")).isEqualTo("done");
      Path back = directory.resolve("large.back");
      try (var out = Files.newOutputStream(back)) {
        client.download("/api/v1/files/" + run.object("value").string("file") + "/content", out);
      }
      assertThat(Files.mismatch(there, back)).isNegative();
    }
    assertThat(agent.said()).doesNotContain("Exception");
  }

  /** Has the file fetched and kills the server in the middle of that; the directive. */
  private static String interrupted(Path there) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      String id;
      try (ApiClient client = installation.client()) {
        id = client.post("/api/v1/directives",
            JsonObject.builder().put("action", "collect-file")
                .put("parameters", JsonObject.builder().put("path", there.toString()).build())
                .put("machines", JsonArray.ofStrings(List.of(machine))).build())
            .string("id");
        await("something has come", () -> !parts().isEmpty() || isOver(run(client, id)));
      }
      installation.server().kill();
      if (!parts().isEmpty()) {
        return id;
      }
      installation.restartServer();
    }
    throw new AssertionError("every transfer was over before the server was killed");
  }

  private static boolean isOver(JsonObject run) {
    return !List.of("queued", "running").contains(run.string("state"));
  }

  private static List<Path> parts() throws IOException {
    try (var files = Files.list(directory.resolve("server/files"))) {
      return files.filter(file -> file.toString().endsWith(".part") && file.toFile().length() > 1 << 20).toList();
    }
  }

  private static JsonObject run(ApiClient client, String directive) {
    return Fields.list(client.get("/api/v1/directives/" + directive), "runs").getFirst();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(String what, Condition condition) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      assertThat(Instant.now()).as("it was to come about that " + what).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
