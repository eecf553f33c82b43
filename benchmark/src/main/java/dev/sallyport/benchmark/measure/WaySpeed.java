package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import dev.sallyport.benchmark.inside.OpenDoor;
import dev.sallyport.benchmark.report.Row;
import dev.sallyport.gateway.AgentLink;
import dev.sallyport.gateway.FtpExchange;
import dev.sallyport.gateway.Gateway;
import dev.sallyport.gateway.GatewayConfig;
import dev.sallyport.gateway.LinkLostException;
import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.gateway.certificate.CertificateSource;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.session.handshake.ServerKeys;
import dev.sallyport.session.handshake.TokenSecret;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.testing.agent.OperationScript;
import dev.sallyport.testing.agent.ServerPin;
import dev.sallyport.transport.Binding;
import dev.sallyport.transport.ServerAddress;
import dev.sallyport.transport.ftp.FtpBinding;
import dev.sallyport.transport.poll.PollBinding;
import dev.sallyport.transport.tcp.TcpBinding;
import dev.sallyport.transport.tls.TlsTrust;
import dev.sallyport.transport.websocket.WebSocketDialer;

/** What each transport costs: the same session, the same calls, gateway and agent in this process, over loopback. */
public final class WaySpeed {
  private static final int WARM_UP = 1_000;
  private static final int CALLS = 1_000;
  private static final Duration ENOUGH = Duration.ofSeconds(15);
  private static final int BULK_CALLS = 4;
  private static final int BULK_BYTES = 32 << 20;
  private static final int PIECE_BYTES = 1 << 20;
  private static final double MIB = 1 << 20;
  private static final double NANOS = 1e9;
  private static final double P50 = 0.5;
  private static final double P99 = 0.99;
  private static final double MOST_TIMES_WEBSOCKET = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_AGAIN_NANOS = 1_000_000;
  private static final String FTP_LOG_IN = "agents";
  private static final long FTP_SPACE = 512L << 20;
  private static final int FTP_LINKS = 10;
  private static final String BULK_PATH = "/bulk";

  private record Way(String name, Binding binding, String address) {}

  private record Speed(double p50, double p99, double mibPerSecond, int calls) {}

  private WaySpeed() {
  }

  public static List<Row> measure(Path directory) throws IOException, InterruptedException, LinkLostException {
    byte[] secret = new byte[EnrolToken.SECRET_BYTES];
    RandomSource.secure().fill(secret);
    var door = new OpenDoor(TokenSecret.derive(secret));
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Path web = Files.createDirectory(directory.resolve("web"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var config = GatewayConfig
        .of(anyPort, new CertificateSource.SelfSigned(directory.resolve("tls"), List.of("localhost")),
            web.resolve("web.sock"))
        .withPlain(List.of(anyPort))
        .withFiles(List.of(new FtpExchange.BuiltIn(anyPort, "0", directory.resolve("exchange"), FTP_LOG_IN,
            Bytes.ofUtf8(FTP_LOG_IN), FTP_LINKS, FTP_SPACE)));
    try (var identity = StaticKeyPair.generate(RandomSource.secure());
        var gateway = new Gateway(config, ServerKeys.of(0, identity), door, door)) {
      gateway.open();
      var server = new ServerPin(0, Bytes.of(identity.publicKey()));
      var rows = new ArrayList<Row>();
      List<Way> ways = ways(gateway);
      speed(ways.getFirst(), server, door, secret); // what is not compiled yet would be held against the first
      double websocket = 0;
      for (Way way : ways) {
        System.err.println("  " + way.name());
        Speed speed = speed(way, server, door, secret);
        websocket = websocket == 0 ? speed.p50() : websocket;
        rows.addAll(rows(way, speed, websocket));
      }
      return rows;
    }
  }

  private static List<Way> ways(Gateway gateway) {
    var trust = TlsTrust.pinned(List.of(gateway.certificate().pin()));
    String tls = "localhost:" + gateway.port();
    String plain = "localhost:" + gateway.plainPorts().getFirst();
    String files = FTP_LOG_IN + ':' + FTP_LOG_IN + "@localhost:" + gateway.ftpPorts().getFirst();
    return List.of(new Way("websocket", new WebSocketDialer(trust), "wss://" + tls + "/agent"),
        new Way("tls", TcpBinding.secured(trust), "tls://" + tls),
        new Way("https-poll", PollBinding.secured(trust), "https://" + tls),
        new Way("tcp", TcpBinding.plain(), "tcp://" + plain),
        new Way("http-poll", PollBinding.plain(), "http://" + plain),
        new Way("ftp", new FtpBinding(trust), "ftp://" + files),
        new Way("ftps", new FtpBinding(trust), "ftps://" + files));
  }

  private static List<Row> rows(Way way, Speed speed, double websocket) {
    String how = speed.calls() + " calls in a row of an operation without a process, agent and gateway in one process";
    String latency = way.name() + ": round trip of a call, p50";
    boolean judged = way.name().equals("https-poll");
    return List.of(
        judged
            ? Row.atMost(latency, speed.p50(), "ms", MOST_TIMES_WEBSOCKET * websocket, how + "; at most 3 × websocket")
            : Row.of(latency, speed.p50(), "ms", how),
        Row.of(way.name() + ": the same, p99", speed.p99(), "ms", "the same"),
        Row.of(way.name() + ": output from agent to server", speed.mibPerSecond(), "MiB/s",
            BULK_CALLS + " × " + BULK_BYTES / PIECE_BYTES + " MiB after as much to warm up, median"));
  }

  private static Speed speed(Way way, ServerPin server, OpenDoor door, byte[] secret)
      throws IOException, InterruptedException, LinkLostException {
    byte[] piece = new byte[PIECE_BYTES];
    new SplittableRandom(1).nextBytes(piece);
    var bulk = new Answer(
        Collections.nCopies(BULK_BYTES / PIECE_BYTES, new Answer.Piece(OutputChannel.STDOUT, piece)),
        Answer.printed("").result());
    Answer small = Answer.printed("");
    OperationScript script = (_, operation) -> operation.equals(properties(BULK_PATH)) ? bulk : small;
    byte[] id = new byte[EnrolToken.ID_BYTES];
    RandomSource.secure().fill(id);
    while (!door.links().isEmpty()) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS); // the one before has not gone yet
    }
    var wire = way.binding().dial(ServerAddress.of(way.address()), PATIENCE);
    try (var token = new EnrolToken(Bytes.of(id), secret);
        FakeAgent _ = FakeAgent.enrol(wire, AgentIdentity.fresh(way.name()), server, token, script).awaitLinked()) {
      AgentLink link = arrived(door);
      timed(link, WARM_UP);
      Samples samples = timed(link, CALLS);
      var rates = new ArrayList<Double>();
      for (int i = 0; i < 2 * BULK_CALLS; i++) {
        long start = System.nanoTime();
        link.call(call(BULK_PATH), OutputSink.none());
        rates.add(BULK_BYTES / MIB / ((System.nanoTime() - start) / NANOS));
      }
      var later = new ArrayList<>(rates.subList(BULK_CALLS, rates.size()));
      Collections.sort(later);
      return new Speed(samples.millis(P50), samples.millis(P99), later.get(later.size() / 2), samples.count());
    }
  }

  private static AgentLink arrived(OpenDoor door) {
    while (door.links().isEmpty()) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return door.links().getFirst();
  }

  /** So many calls in a row, fewer if they take too long. */
  private static Samples timed(AgentLink link, int most) throws InterruptedException, LinkLostException {
    var samples = new Samples(most);
    long end = System.nanoTime() + ENOUGH.toNanos();
    for (int i = 0; i < most && System.nanoTime() < end; i++) {
      long start = System.nanoTime();
      link.call(call("/etc/hostname"), OutputSink.none());
      samples.add(System.nanoTime() - start);
    }
    return samples;
  }

  private static OperationCall call(String path) {
    return new OperationCall(OperationId.of(UUID.randomUUID(), 0), properties(path), 0, Instant.now().plusSeconds(600));
  }

  private static FileOperation.Properties properties(String path) {
    return new FileOperation.Properties(path);
  }
}
