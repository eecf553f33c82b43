package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

import dev.sallyport.benchmark.report.Row;
import dev.sallyport.gateway.AgentLink;
import dev.sallyport.gateway.FtpExchange;
import dev.sallyport.gateway.Gateway;
import dev.sallyport.gateway.LinkLostException;
import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.testing.agent.OperationScript;
import dev.sallyport.testing.agent.ServerPin;
import dev.sallyport.transport.Binding;
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
  private static final double MILLIS = 1e3;
  private static final double P50 = 0.5;
  private static final double P99 = 0.99;
  private static final double MOST_TIMES_WEBSOCKET = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String FTP_LOG_IN = "agents";
  private static final long FTP_SPACE = 512L << 20;
  private static final int FTP_LINKS = 10;
  private static final String SMALL_PATH = "/etc/hostname";
  private static final String BULK_PATH = "/bulk";

  private record Way(String name, Binding binding, String address) {}

  private record Speed(double p50, double p99, double mibPerSecond, int calls) {}

  private WaySpeed() {
  }

  public static List<Row> measure(Path directory) throws IOException, InterruptedException, LinkLostException {
    try (var server = BareGateway.open(directory, config -> config.withPlain(List.of(BareGateway.ANY_PORT))
        .withFiles(List.of(new FtpExchange.BuiltIn(BareGateway.ANY_PORT, "0", directory.resolve("exchange"), FTP_LOG_IN,
            Bytes.ofUtf8(FTP_LOG_IN), FTP_LINKS, FTP_SPACE))))) {
      var rows = new ArrayList<Row>();
      List<Way> ways = ways(server.gateway());
      speed(ways.getFirst(), server); // what is not compiled yet would be held against the first
      double websocket = 0;
      for (Way way : ways) {
        System.err.println("  " + way.name());
        Speed speed = speed(way, server);
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

  private static Speed speed(Way way, BareGateway server) throws IOException, InterruptedException, LinkLostException {
    byte[] piece = new byte[PIECE_BYTES];
    new SplittableRandom(1).nextBytes(piece);
    var bulk = new Answer(
        Collections.nCopies(BULK_BYTES / PIECE_BYTES, new Answer.Piece(OutputChannel.STDOUT, piece)),
        Answer.printed("").result());
    Answer small = Answer.printed("");
    OperationScript script = (_, operation) -> operation.equals(properties(BULK_PATH)) ? bulk : small;
    server.links(0); // the one before may not have gone yet
    var wire = way.binding().dial(ServerAddress.of(way.address()), PATIENCE);
    try (var token = server.token();
        FakeAgent _ = FakeAgent.enrol(wire, AgentIdentity.fresh(way.name()), new ServerPin(0, server.key()), token,
            script).awaitLinked()) {
      AgentLink link = server.links(1).getFirst();
      timed(link, SMALL_PATH, WARM_UP);
      Samples samples = timed(link, SMALL_PATH, CALLS);
      timed(link, BULK_PATH, BULK_CALLS);
      double bulkMillis = timed(link, BULK_PATH, BULK_CALLS).millis(P50);
      return new Speed(samples.millis(P50), samples.millis(P99), BULK_BYTES / MIB / (bulkMillis / MILLIS),
          samples.count());
    }
  }

  /** So many calls in a row, fewer if they take too long. */
  private static Samples timed(AgentLink link, String path, int most) throws InterruptedException, LinkLostException {
    var samples = new Samples(most);
    long end = System.nanoTime() + ENOUGH.toNanos();
    for (int i = 0; i < most && System.nanoTime() < end; i++) {
      long start = System.nanoTime();
      link.call(call(path), OutputSink.none());
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
