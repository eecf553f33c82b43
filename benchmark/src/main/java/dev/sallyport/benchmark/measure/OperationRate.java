package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.OperatingSystemMXBean;
import dev.sallyport.benchmark.fleet.Fleet;
import dev.sallyport.benchmark.inside.OpenDoor;
import dev.sallyport.benchmark.report.Row;
import dev.sallyport.gateway.AgentLink;
import dev.sallyport.gateway.Gateway;
import dev.sallyport.gateway.GatewayConfig;
import dev.sallyport.gateway.LinkLostException;
import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.gateway.certificate.CertificateSource;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.protocol.enrol.SignedBundle;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.session.handshake.ServerKeys;
import dev.sallyport.session.handshake.TokenSecret;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;

/** How many operations that start no process pass through the gateway's blocking calls for a second of its processor time. */
public final class OperationRate {
  private static final int AGENTS = 16;
  private static final int CALLERS = 256;
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final double MUST = 15_000;
  private static final double NANOS = 1e9;
  private static final long LOOK_AGAIN_NANOS = 20_000_000;

  private OperationRate() {
  }

  public static List<Row> measure(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
    byte[] secret = new byte[EnrolToken.SECRET_BYTES];
    RandomSource.secure().fill(secret);
    var door = new OpenDoor(TokenSecret.derive(secret));
    Path web = Files.createDirectory(directory.resolve("web"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var config = GatewayConfig.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new CertificateSource.SelfSigned(directory.resolve("tls"), List.of()),
        web.resolve("web.sock"));
    try (var identity = StaticKeyPair.generate(RandomSource.secure());
        var gateway = new Gateway(config, ServerKeys.of(0, identity), door, door)) {
      gateway.open();
      try (var fleet = new Fleet(bundle(gateway, identity, secret))) {
        fleet.grow(AGENTS);
        while (door.links().size() < AGENTS) {
          LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return rows(door.links());
      }
    }
  }

  private static List<Row> rows(List<AgentLink> links) {
    var calls = new LongAdder();
    var going = new AtomicBoolean(true);
    for (int i = 0; i < CALLERS; i++) {
      AgentLink link = links.get(i % links.size());
      Thread.ofVirtual().start(() -> call(link, calls, going));
    }
    LockSupport.parkNanos(WARM_UP.toNanos());
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long callsBefore = calls.sum();
    long cpuBefore = process.getProcessCpuTime();
    long start = System.nanoTime();
    LockSupport.parkNanos(MEASURED.toNanos());
    double done = calls.sum() - callsBefore;
    double cpu = (process.getProcessCpuTime() - cpuBefore) / NANOS;
    double wall = (System.nanoTime() - start) / NANOS;
    going.set(false);
    String how = CALLERS + " blocking callers, " + AGENTS + " simulated agents in another process, TLS and SLP/1, "
        + MEASURED.toSeconds() + " s";
    return List.of(Row.atLeast("no-process operations per second of one gateway core", done / cpu, "/s", MUST, how),
        Row.of("no-process operations, in wall time beside the simulated agents", done / wall, "/s",
            "the same run, both processes on this machine"));
  }

  private static void call(AgentLink link, LongAdder calls, AtomicBoolean going) {
    var operation = new FileOperation.Properties("/etc/hostname");
    UUID directive = UUID.randomUUID();
    int step = 0;
    try {
      while (going.get()) {
        link.call(new OperationCall(OperationId.of(directive, step++), operation, 0, Instant.now().plusSeconds(60)),
            OutputSink.none());
        calls.increment();
      }
    } catch (LinkLostException | InterruptedException e) {
      throw new IllegalStateException("a link broke while measuring", e);
    }
  }

  private static String bundle(Gateway gateway, StaticKeyPair identity, byte[] secret) throws GeneralSecurityException {
    byte[] id = new byte[EnrolToken.ID_BYTES];
    RandomSource.secure().fill(id); // all zeros would say that there is no token
    try (var token = new EnrolToken(Bytes.of(id), secret)) {
      EnrolBundle bundle = EnrolBundle
          .of(UUID.randomUUID().toString(), List.of(URI.create("wss://127.0.0.1:" + gateway.port() + "/agent")),
              List.of(new ServerKey(0, Bytes.of(identity.publicKey()))), token, Instant.now().plusSeconds(3600))
          .withTlsPins(List.of(Bytes.of(gateway.certificate().pin())));
      return SignedBundle.sign(bundle, KeyPairGenerator.getInstance("Ed25519").generateKeyPair()).text();
    }
  }
}
