package dev.sallyport.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.CertificateProbe;
import dev.sallyport.cli.api.Trust;
import dev.sallyport.cli.directive.DirectiveRunner;
import dev.sallyport.cli.machine.Machines;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;

/** The steps of the demo, each by the way a user goes: setup token, log-in, enrolment line, directive over the API. */
final class Stage {
  private static final String OWNER = "owner";
  private static final int PASSWORD_BYTES = 15;
  private static final Duration ONLINE_LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Terminal terminal;
  private final Distribution distribution;
  private final Path directory;
  private final Programs programs;

  Stage(Terminal terminal, Distribution distribution, Path directory, Programs programs) {
    this.terminal = terminal;
    this.distribution = distribution;
    this.directory = directory;
    this.programs = programs;
  }

  /** The owner of the demo's server, logged in. The password is shown to the person in front of the screen, nowhere else. */
  record Owner(URI server, String password, ApiClient client) implements AutoCloseable {
    @Override
    public String toString() {
      return "Owner[server=" + server + "]";
    }

    @Override
    public void close() {
      client.close();
    }
  }

  Owner startServer(int port) throws IOException, InterruptedException {
    Path data = directory.resolve("server");
    terminal.note("Starting the server on port " + port);
    programs.start("server", directory.resolve("server.log"), line -> line.startsWith("sallyport server ready"),
        List.of(distribution.server().toString(), "--data=" + data, "--port=" + port, "--bind=127.0.0.1",
            "--public-address=127.0.0.1:" + port));
    URI server = URI.create("https://127.0.0.1:" + port);
    Trust trust = new Trust.Pinned(CertificateProbe.fingerprint(server));
    String password = password();
    try (var anonymous = new ApiClient(server, trust, "")) {
      String setup = Files.readString(data.resolve("setup-token")).strip();
      anonymous.post("/api/v1/setup",
          JsonObject.builder().put("token", setup).put("name", OWNER).put("password", password).build());
      JsonObject login = anonymous.post("/api/v1/tokens",
          JsonObject.builder().put("name", OWNER).put("password", password).put("label", "demo").build());
      return new Owner(server, password, new ApiClient(server, trust, login.string("token")));
    }
  }

  void startAgent(Owner owner) throws IOException, InterruptedException {
    Path state = directory.resolve("agent");
    terminal.note("Enrolling this machine");
    String bundle = owner.client().post("/api/v1/enrolment-tokens",
        JsonObject.builder().put("expiresInSeconds", Duration.ofMinutes(10).toSeconds()).put("maxUses", 1).build())
        .string("bundle", 1 << 16);
    Path file = directory.resolve("bundle");
    Files.writeString(file, bundle);
    programs.run("enrolment", directory.resolve("enrol.log"),
        List.of(distribution.agent().toString(), "enrol", "--bundle", file.toString(), "--state", state.toString()));
    Files.deleteIfExists(file);
    terminal.note("Starting the agent");
    programs.start("agent", directory.resolve("agent.log"), line -> line.contains("connected to"),
        List.of(distribution.agent().toString(), "run", "--state", state.toString()));
  }

  /** Runs {@code command} on the machine, prints what it prints, and returns the exit code for this process. */
  int firstDirective(Owner owner, String command) {
    JsonObject machine = online(owner);
    terminal.note("Running a first directive on " + machine.string("name") + ":  " + command);
    terminal.note("");
    return new DirectiveRunner(terminal, owner.client()).shell(Map.of(machine.string("id"), machine.string("name")),
        command);
  }

  /** Runs {@code command} on the machine again and again, each time waiting for its end. */
  void repeat(Owner owner, String command, int times) {
    if (times > 0) {
      var runner = new DirectiveRunner(terminal, owner.client());
      String machine = online(owner).string("id");
      for (int i = 0; i < times; i++) {
        runner.quietly(machine, command);
      }
    }
  }

  void invite(Owner owner) {
    terminal.note("");
    terminal.note("Console    " + owner.server() + "/");
    terminal.note("User       " + OWNER);
    terminal.note("Password   " + owner.password());
    terminal.note("");
    terminal
        .note("The certificate is of the server's own making, so the browser asks once. Logs and data: " + directory);
    terminal.note("Ctrl-C stops agent and server.");
  }

  /** The machine, once the server sees it online. */
  private JsonObject online(Owner owner) {
    for (Duration waited = Duration.ZERO; waited.compareTo(ONLINE_LIMIT) < 0; waited = waited.plus(LOOK_AGAIN)) {
      List<JsonObject> machines = Machines.matching(owner.client(), "*", "online");
      if (!machines.isEmpty()) {
        return machines.getFirst();
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    throw new IllegalStateException("the agent did not come online within " + ONLINE_LIMIT.toSeconds()
        + " s; its log is " + directory.resolve("agent.log"));
  }

  private static String password() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
