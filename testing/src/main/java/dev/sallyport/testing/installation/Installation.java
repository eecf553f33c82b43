package dev.sallyport.testing.installation;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.CertificateProbe;
import dev.sallyport.cli.api.Trust;
import dev.sallyport.protocol.json.JsonObject;

/** A server of the distribution with its owner logged in, and agents of the distribution enrolled to it. */
public final class Installation implements AutoCloseable {
  public static final String OWNER = "owner";
  public static final String PASSWORD = "correct horse battery staple";

  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 32_000;
  private static final int MAX_TRIES = 100;

  private final Path home;
  private final Path directory;
  private final int port;
  private final String javaOptions;
  private final List<Program> agents = new ArrayList<>();
  private Program server;
  private final String pin;
  private final String token;

  public Installation(Path directory) throws IOException {
    this(directory, "");
  }

  /**
   * @param directory for data, logs and the agents' states
   * @param javaOptions more options for the server's JVM
   */
  public Installation(Path directory, String javaOptions) throws IOException {
    this.javaOptions = javaOptions;
    this.home = distribution();
    this.directory = directory;
    this.port = freePort();
    this.server = startServer();
    this.pin = CertificateProbe.fingerprint(uri());
    this.token = setUp();
  }

  /** The distribution named by the system property {@code sallyport.home}, or the one built in this checkout. */
  public static Path distribution() {
    String named = System.getProperty("sallyport.home", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path built = folder.resolve("packaging/target/sallyport");
      if (Files.isExecutable(built.resolve("bin/sallyport-server"))) {
        return built;
      }
    }
    throw new IllegalStateException(
        "the distribution is missing; build it with `mvn package`, or run within `mvn verify`");
  }

  public Path home() {
    return home;
  }

  /** Below those that systems give to outgoing connections: nobody gets it by chance before the server opens it, or between two servers. */
  private static int freePort() throws IOException {
    int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
    for (int i = 0; i < MAX_TRIES; i++) {
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT); // somebody has it
      }
    }
    throw new IOException("no port between " + FIRST_PORT + " and " + LAST_PORT + " is free");
  }

  public URI uri() {
    return URI.create("https://127.0.0.1:" + port);
  }

  public Path directory() {
    return directory;
  }

  /** A client of the owner's; the caller closes it. */
  public ApiClient client() {
    return new ApiClient(uri(), trust(), token);
  }

  /** What makes a client believe this server. */
  public Trust trust() {
    return new Trust.Pinned(pin);
  }

  /** The owner's bearer token. */
  public String token() {
    return token;
  }

  public Program server() {
    return server;
  }

  /** Starts the server again after it was stopped or killed; returns when it takes connections. */
  public void restartServer() throws IOException {
    server.kill();
    server = startServer();
  }

  /** Enrols a machine of this name and starts its agent; returns when it is connected. */
  public Program addAgent(String name) throws IOException {
    return addAgent(name, Map.of());
  }

  /** The same with an environment of its own, beside what this process has itself. */
  public Program addAgent(String name, Map<String, String> environment) throws IOException {
    Path state = directory.resolve(name);
    try (ApiClient client = client()) {
      String bundle = client
          .post("/api/v1/enrolment-tokens", JsonObject.builder().put("expiresInSeconds", 600).put("maxUses", 1).build())
          .string("bundle", 1 << 16);
      Path file = Files.writeString(directory.resolve(name + ".bundle"), bundle);
      var enrolment = Program.start(directory.resolve(name + "-enrol.log"), environment,
          List.of(agentProgram(), "enrol", "--bundle", file.toString(), "--state", state.toString()));
      enrolment.awaitSuccess();
    }
    return startAgent(name, environment);
  }

  /** Starts the agent of an enrolled machine (again). */
  public Program startAgent(String name) throws IOException {
    return startAgent(name, Map.of());
  }

  private Program startAgent(String name, Map<String, String> environment) throws IOException {
    Program agent = Program.start(directory.resolve(name + ".log"), environment,
        List.of(agentProgram(), "run", "--state", directory.resolve(name).toString()));
    agents.add(agent);
    return agent;
  }

  private String agentProgram() {
    return home.resolve("bin/sallyport-agent").toString();
  }

  private Program startServer() throws IOException {
    Program program = Program.start(directory.resolve("server.log"),
        Map.of("SALLYPORT_SERVER_JAVA_OPTIONS", javaOptions), List.of(home.resolve("bin/sallyport-server").toString(),
            "--data=" + directory.resolve("server"), "--port=" + port, "--bind=127.0.0.1",
            "--public-address=127.0.0.1:" + port));
    program.awaitLine("sallyport server ready");
    return program;
  }

  private String setUp() throws IOException {
    String setup = Files.readString(directory.resolve("server/setup-token")).strip();
    try (var anonymous = new ApiClient(uri(), new Trust.Pinned(pin), "")) {
      anonymous.post("/api/v1/setup",
          JsonObject.builder().put("token", setup).put("name", OWNER).put("password", PASSWORD).build());
      return anonymous
          .post("/api/v1/tokens",
              JsonObject.builder().put("name", OWNER).put("password", PASSWORD).put("label", "acceptance").build())
          .string("token");
    }
  }

  @Override
  public void close() {
    agents.forEach(Program::stop);
    server.stop();
  }
}
