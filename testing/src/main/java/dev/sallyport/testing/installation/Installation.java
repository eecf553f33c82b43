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
import java.util.function.UnaryOperator;

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
  private final Spot spot;
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
    this(directory, javaOptions, Spot.loopback(freePort()));
  }

  /** The same with the server at a place of its own. */
  public Installation(Path directory, String javaOptions, Spot spot) throws IOException {
    this.javaOptions = javaOptions;
    this.home = distribution();
    this.directory = directory;
    this.spot = spot;
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
    return spot.uri();
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
    return addAgent(name, environment, UnaryOperator.identity());
  }

  /**
   * The same on a machine of its own.
   *
   * @param inside makes a command into one that runs there
   */
  public Program addAgent(String name, Map<String, String> environment, UnaryOperator<List<String>> inside)
      throws IOException {
    Path state = directory.resolve(name);
    try (ApiClient client = client()) {
      String bundle = client
          .post("/api/v1/enrolment-tokens", JsonObject.builder().put("expiresInSeconds", 600).put("maxUses", 1).build())
          .string("bundle", 1 << 16);
      Path file = Files.writeString(directory.resolve(name + ".bundle"), bundle);
      var enrolment = Program.start(directory.resolve(name + "-enrol.log"), environment,
          inside.apply(List.of(agentProgram(), "enrol", "--bundle", file.toString(), "--state", state.toString())));
      enrolment.awaitSuccess();
    }
    return startAgent(name, environment, inside);
  }

  /** Starts the agent of an enrolled machine (again). */
  public Program startAgent(String name) throws IOException {
    return startAgent(name, Map.of(), UnaryOperator.identity());
  }

  /** The same as {@link #addAgent(String, Map, UnaryOperator)}, for a machine that is enrolled. */
  public Program startAgent(String name, Map<String, String> environment, UnaryOperator<List<String>> inside)
      throws IOException {
    Program agent = Program.start(directory.resolve(name + ".log"), environment,
        inside.apply(List.of(agentProgram(), "run", "--state", directory.resolve(name).toString())));
    agents.add(agent);
    return agent;
  }

  private String agentProgram() {
    return home.resolve("bin/sallyport-agent").toString();
  }

  private Program startServer() throws IOException {
    Program program = Program.start(directory.resolve("server.log"),
        Map.of("SALLYPORT_SERVER_JAVA_OPTIONS", javaOptions),
        spot.inside().apply(serverCommand()));
    program.awaitLine("sallyport server ready");
    return program;
  }

  private List<String> serverCommand() {
    var command = new ArrayList<>(List.of(home.resolve("bin/sallyport-server").toString(),
        "--data=" + directory.resolve("server"), "--port=" + spot.port(), "--bind=" + spot.bind(),
        "--public-address=" + spot.publicAddress()));
    command.addAll(spot.options());
    return command;
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

  /** Stops the agents that were added; their states stay where they are. */
  public void stopAgents() {
    agents.forEach(Program::stop);
    agents.clear();
  }

  @Override
  public void close() {
    stopAgents();
    server.stop();
  }
}
