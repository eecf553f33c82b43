package dev.sallyport.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.sallyport.gateway.certificate.CertificateSource;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.ServerAddress.Scheme;
import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.ServerKeys;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;
import dev.sallyport.testing.ManualClock;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.testing.agent.OperationScript;
import dev.sallyport.testing.agent.ServerPin;
import dev.sallyport.transport.Binding;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.tls.TlsTrust;
import org.jspecify.annotations.Nullable;

/** An open gateway on loopback, with a directory in memory, and ways to reach it. */
public final class GatewayScene implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final StaticKeyPair serverKeys = StaticKeyPair.generate(RandomSource.secure());
  private final MemoryDirectory directory = new MemoryDirectory();
  private final RecordingListener listener = new RecordingListener();
  private final Path folder;
  private final Gateway gateway;
  private Transports transport = Transports.WEBSOCKET;

  private GatewayScene(Path folder, int port, GatewayLimits limits, @Nullable ManualClock clock,
      List<FtpExchange> files) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("web"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    GatewayConfig config = GatewayConfig.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        new CertificateSource.SelfSigned(folder.resolve("tls"), List.of("localhost")), webPart()).withLimits(limits)
        .withPlain(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))).withFiles(files);
    gateway = new Gateway(config, ServerKeys.of(0, serverKeys), directory, listener,
        clock == null ? TimeSource.system() : timeOf(clock));
    gateway.open();
  }

  /** Standard limits, but rates that a test never meets by accident. */
  public static GatewayScene open(Path folder) throws IOException {
    return new GatewayScene(folder, 0, patientLimits(), null, List.of());
  }

  /** Where agents come this way. */
  public static GatewayScene open(Path folder, Transports way) throws IOException {
    GatewayScene scene = new GatewayScene(folder, 0, patientLimits(), null, way.files(folder));
    scene.transport = way;
    return scene;
  }

  /** With these places for files. */
  public static GatewayScene open(Path folder, List<FtpExchange> files) throws IOException {
    return new GatewayScene(folder, 0, patientLimits(), null, files);
  }

  /** On this port, if it can be had. */
  public static GatewayScene openOn(Path folder, int port) throws IOException {
    return new GatewayScene(folder, port, patientLimits(), null, List.of());
  }

  /** These limits. */
  public static GatewayScene open(Path folder, GatewayLimits limits) throws IOException {
    return new GatewayScene(folder, 0, limits, null, List.of());
  }

  /** These limits, by this clock. */
  public static GatewayScene open(Path folder, GatewayLimits limits, ManualClock clock) throws IOException {
    return new GatewayScene(folder, 0, limits, clock, List.of());
  }

  /** Limits as in production, except for how often one source and one key may come, and how slow the machine may be. */
  public static GatewayLimits patientLimits() {
    GatewayLimits.Handshakes standard = GatewayLimits.Handshakes.standard();
    GatewayLimits.Rate often = new GatewayLimits.Rate(10_000, 100_000);
    return new GatewayLimits(new GatewayLimits.Connections(100_000, 50_000, 50_000),
        standard.withPerSource(often).withPerKey(often).withQueue(standard.permits(), PATIENCE, standard.waiting()),
        new GatewayLimits.Patience(PATIENCE, PATIENCE, PATIENCE, PATIENCE));
  }

  private static TimeSource timeOf(ManualClock clock) {
    return new TimeSource() {
      @Override
      public long nanoTime() {
        return clock.nanoTime();
      }

      @Override
      public Instant now() {
        return clock.now();
      }
    };
  }

  /** Where the web part's socket is expected. */
  public Path webPart() {
    return folder.resolve("web").resolve("http.sock");
  }

  /** The gateway. */
  public Gateway gateway() {
    return gateway;
  }

  /** Its directory. */
  public MemoryDirectory directory() {
    return directory;
  }

  /** Its listener. */
  public RecordingListener listener() {
    return listener;
  }

  /** Its static key. */
  public ServerPin server() {
    return new ServerPin(0, Bytes.of(serverKeys.publicKey()));
  }

  /** Its address for agents. */
  public ServerAddress address() {
    return ServerAddress.of("wss://localhost:" + gateway.port() + "/agent");
  }

  /** Its door of this kind. */
  public ServerAddress address(Scheme scheme) {
    return switch (scheme) {
      case WSS -> address();
      case HTTPS, TLS -> ServerAddress.of(scheme.word() + "://localhost:" + gateway.port());
      case HTTP, TCP -> ServerAddress.of(scheme.word() + "://localhost:" + gateway.plainPorts().getFirst());
      case FTP, FTPS -> files(scheme);
    };
  }

  private ServerAddress files(Scheme scheme) {
    return ServerAddress.of(scheme.word() + "://" + Transports.FTP_LOG_IN + ':' + Transports.FTP_LOG_IN + "@localhost:"
        + gateway.ftpPorts().getFirst());
  }

  /** Believes this gateway's certificate and no other. */
  public TlsTrust trust() {
    return TlsTrust.pinned(List.of(gateway.certificate().pin()));
  }

  /** Dials as an agent does. */
  public Wire dial() throws IOException {
    return transport.binding(this).dial(address(transport.door()), PATIENCE);
  }

  /** Dials by the first door that the binding can come in by. */
  public Wire dial(Binding binding) throws IOException {
    return binding.dial(address(binding.schemes().iterator().next()), PATIENCE);
  }

  /** A machine that the directory knows. */
  public AgentIdentity knownMachine() {
    byte[] bytes = new byte[Secret.BYTES];
    RANDOM.nextBytes(bytes);
    AgentIdentity identity = AgentIdentity.known("host-" + UUID.randomUUID(), Secret.of(bytes));
    directory.register(identity.publicKey(), Secret.of(bytes));
    return identity;
  }

  /** A token that the directory knows. */
  public EnrolToken token(int uses) {
    byte[] id = new byte[EnrolToken.ID_BYTES];
    byte[] secret = new byte[EnrolToken.SECRET_BYTES];
    RANDOM.nextBytes(id);
    RANDOM.nextBytes(secret);
    EnrolToken token = new EnrolToken(Bytes.of(id), secret);
    directory.issue(token, uses);
    return token;
  }

  /** Connects an agent; returns at once. */
  public FakeAgent connect(AgentIdentity identity, OperationScript script) throws IOException {
    return FakeAgent.connect(dial(), identity, server(), script);
  }

  /** Connects an agent that can do nothing, and waits for its link. */
  public FakeAgent linked(AgentIdentity identity) throws IOException, InterruptedException {
    return connect(identity, OperationScript.none()).awaitLinked();
  }

  /** Lets a machine come and go again, and returns the epoch of its visit. */
  public long visit(AgentIdentity identity) throws IOException, InterruptedException {
    long epoch;
    try (FakeAgent agent = linked(identity)) {
      epoch = listener.awaitUp().facts().epoch();
      if (agent.hasEnded()) {
        throw new AssertionError("the agent ended by itself");
      }
    }
    listener.awaitDown();
    return epoch;
  }

  /** A new operation. */
  public static OperationCall call() {
    return call(new OperationId(UUID.randomUUID() + "/0"), 0);
  }

  /** An operation of this id, its output from a position on. */
  public static OperationCall call(OperationId id, long from) {
    return new OperationCall(id, new FileOperation.Properties("/etc/hostname"), from, Instant.now().plusSeconds(60));
  }

  /** Waits until something is so. */
  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it did not come about that " + what);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Waits until the gateway ends a connection; what it still says is read and forgotten. */
  public static void awaitClosed(Wire wire) throws IOException {
    wire.readTimeout(PATIENCE);
    boolean open = true;
    while (open) {
      try {
        wire.receive();
      } catch (SocketTimeoutException e) {
        throw new AssertionError("the gateway keeps the connection", e);
      } catch (IOException e) {
        open = false; // an end is an end, in order or not
      }
    }
  }

  /** Waits for the next refusal. */
  public RefusedAttempt awaitRefusal() throws InterruptedException {
    RefusedAttempt attempt = directory.refusals().poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (attempt == null) {
      throw new AssertionError("nothing was refused");
    }
    return attempt;
  }

  @Override
  public void close() {
    gateway.close();
  }
}
