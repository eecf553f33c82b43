package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
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
import dev.sallyport.benchmark.report.Row;
import dev.sallyport.gateway.AgentLink;
import dev.sallyport.gateway.LinkLostException;
import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.protocol.enrol.SignedBundle;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.OperationId;

/** How many operations that start no process pass through the gateway's blocking calls for a second of its processor time. */
public final class OperationRate {
  private static final int AGENTS = 16;
  private static final int CALLERS = 256;
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final double MUST = 15_000;
  private static final double NANOS = 1e9;

  private OperationRate() {
  }

  public static List<Row> measure(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
    try (var server = BareGateway.open(directory, config -> config); var fleet = new Fleet(bundle(server))) {
      fleet.grow(AGENTS);
      return rows(server.links(AGENTS));
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

  private static String bundle(BareGateway server) throws GeneralSecurityException {
    try (var token = server.token()) {
      EnrolBundle bundle = EnrolBundle
          .of(UUID.randomUUID().toString(),
              List.of(URI.create("wss://127.0.0.1:" + server.gateway().port() + "/agent")),
              List.of(new ServerKey(0, server.key())), token, Instant.now().plusSeconds(3600))
          .withTlsPins(List.of(Bytes.of(server.gateway().certificate().pin())));
      return SignedBundle.sign(bundle, KeyPairGenerator.getInstance("Ed25519").generateKeyPair()).text();
    }
  }
}
