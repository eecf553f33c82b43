package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

/** A server that is lost comes back from its backup, and its agents to it. */
@EnabledOnOs(OS.LINUX)
final class RestoreTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final String PASSPHRASE = "a passphrase that nobody guesses";
  private static final Set<String> UNDER_WAY = Set.of("queued", "running");

  @TempDir
  static Path directory;
  private static Installation installation;
  private static Path passphrase;

  @BeforeAll
  static void install() throws IOException {
    installation = new Installation(directory);
    passphrase = Files.writeString(directory.resolve("passphrase"), PASSPHRASE + "\n");
  }

  @AfterAll
  static void remove() {
    installation.close();
  }

  @Test
  @DisplayName("a backup taken from the running server, put into an empty directory, has accounts, tokens and machines; the agents come back by themselves")
  void agentsComeBackToARestoredServer() throws IOException {
    installation.addAgent("one");
    installation.addAgent("two");
    List<String> machines = awaitOnline(2);
    String before = end(order(machines.getFirst(), "echo before")).string("id");
    Path backup = directory.resolve("server.age");

    program("backup", backup.toString(), "--passphrase-file=" + passphrase, data()).awaitSuccess();
    end(order(machines.getFirst(), "echo after the backup"));
    installation.server().kill();
    Files.move(directory.resolve("server"), directory.resolve("lost"));
    program("restore", backup.toString(), "--passphrase-file=" + passphrase, data()).awaitSuccess();
    installation.restartServer();

    assertThat(awaitOnline(2)).containsExactlyInAnyOrderElementsOf(machines);
    for (String machine : machines) {
      assertThat(end(order(machine, "echo again")).string("state")).isEqualTo("done");
    }
    try (ApiClient client = installation.client()) {
      assertThat(Fields.list(client.get("/api/v1/directives/" + before), "runs").getFirst().string("state"))
          .isEqualTo("done");
    }
  }

  @Test
  @DisplayName("a backup shows no secret to whoever has it without its passphrase, and a wrong passphrase leaves the place empty")
  void aBackupIsClosed() throws IOException {
    Path backup = directory.resolve("closed.age");
    program("backup", backup.toString(), "--passphrase-file=" + passphrase, data()).awaitSuccess();
    Path wrong = Files.writeString(directory.resolve("wrong"), "another passphrase altogether\n");
    Path place = directory.resolve("nowhere");

    Program refused = program("restore", backup.toString(), "--passphrase-file=" + wrong, "--data=" + place);

    assertThat(refused.awaitExit()).isEqualTo(1);
    assertThat(refused.said()).contains("passphrase is wrong").doesNotContain("another passphrase");
    assertThat(place).doesNotExist();
    String bytes = Files.readString(backup, StandardCharsets.ISO_8859_1);
    for (String secret : secrets()) {
      assertThat(bytes.contains(secret)).as("a secret of the server stands in its backup").isFalse();
    }
  }

  @Test
  @DisplayName("a running server is not overwritten by a restore, nor a file by a backup")
  void nothingIsOverwritten() throws IOException {
    Path backup = directory.resolve("twice.age");
    program("backup", backup.toString(), "--passphrase-file=" + passphrase, data()).awaitSuccess();

    Program again = program("backup", backup.toString(), "--passphrase-file=" + passphrase, data());
    assertThat(again.awaitExit()).isEqualTo(1);
    assertThat(again.said()).contains("There is already");

    Program over = program("restore", backup.toString(), "--passphrase-file=" + passphrase, data());
    assertThat(over.awaitExit()).isEqualTo(1);
    assertThat(over.said()).contains("empty place");

    Program unasked = program("backup", directory.resolve("unasked.age").toString(), data());
    assertThat(unasked.awaitExit()).isEqualTo(2);
    assertThat(unasked.said()).contains("--passphrase-file");
  }

  /** Whatever stands in the key files, and the owner's password and token. */
  private static List<String> secrets() throws IOException {
    var secrets = new ArrayList<>(List.of(Installation.PASSWORD, installation.token()));
    for (String name : List.of("vault.key", "server-x25519.key", "installer-ed25519.key")) {
      Files.readAllLines(directory.resolve("server/keys").resolve(name)).stream()
          .filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(secrets::add);
    }
    return secrets;
  }

  private static String data() {
    return "--data=" + directory.resolve("server");
  }

  private static Program program(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(installation.home().resolve("bin/sallyport-server").toString()));
    command.addAll(List.of(arguments));
    return Program.start(directory.resolve("program.log"), command);
  }

  private static List<String> awaitOnline(int count) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      try (ApiClient client = installation.client()) {
        List<JsonObject> machines = Fields.list(client.get("/api/v1/machines?state=online"), "machines");
        if (machines.size() == count) {
          return machines.stream().map(machine -> machine.string("id")).toList();
        }
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    throw new IOException("the machines did not come");
  }

  private static String order(String machine, String command) {
    try (ApiClient client = installation.client()) {
      return client.post("/api/v1/directives", JsonObject.builder().put("action", "shell")
          .put("parameters", JsonObject.builder().put("command", command).build())
          .put("machines", JsonArray.ofStrings(List.of(machine))).build()).string("id");
    }
  }

  /** The directive's id and how its run ended. */
  private static JsonObject end(String directive) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      try (ApiClient client = installation.client()) {
        String state = Fields.list(client.get("/api/v1/directives/" + directive), "runs").getFirst().string("state");
        if (!UNDER_WAY.contains(state)) {
          return JsonObject.builder().put("id", directive).put("state", state).build();
        }
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    throw new IOException("the directive did not end");
  }
}
