package dev.sallyport.benchmark.fleet;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.OpenMetadata;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.channel.ResetCode;
import dev.sallyport.protocol.channel.StreamKind;
import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.session.handshake.ReplyVerdict;
import dev.sallyport.session.handshake.SessionTerms;
import dev.sallyport.session.stream.Outbound;
import dev.sallyport.session.stream.Role;
import dev.sallyport.session.stream.Session;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionEvents;
import dev.sallyport.session.stream.SessionLimits;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.session.stream.StreamResetException;
import dev.sallyport.transport.Wire;

/** The session of one simulated agent: a virtual thread reads, another writes; an operation is answered on a third. */
final class SimulatedLink implements SessionEvents, Outbound {
  private static final byte[] OUTPUT = "hi\n".getBytes(StandardCharsets.UTF_8);
  private static final Duration SHORTEST_READ = Duration.ofMillis(1);

  private final String name;
  private final Wire wire;
  private final Session session;
  private final Semaphore toSend = new Semaphore(0);
  private final CountDownLatch rolled = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  @SuppressWarnings("this-escape") // the session tells nothing before the threads run
  SimulatedLink(String name, Wire wire, ReplyVerdict.Accepted accepted) {
    this.name = name;
    this.wire = wire;
    SessionTerms terms = accepted.payload().terms();
    this.session = new Session(Role.AGENT, accepted.keys(),
        SessionLimits.standard(Role.AGENT).withTerms(terms.maxRecordBytes(), terms.streamCredit(),
            terms.sessionCredit(), terms.keepalive()),
        this, this);
  }

  void confirm(byte[] body, Duration patience) throws IOException {
    Thread.ofVirtual().start(this::read);
    Thread.ofVirtual().start(this::write);
    session.control(ControlVerb.CONFIRM, body);
    try {
      if (!rolled.await(patience.toMillis(), TimeUnit.MILLISECONDS) || session.closed()) {
        close();
        throw new IOException("the server did not confirm");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    Thread.ofVirtual().start(this::introduce);
  }

  boolean alive() {
    return ended.getCount() > 0;
  }

  /** Breaks off without a word, as a pulled cable does. */
  void close() {
    session.close(new SessionClosedException(SessionClosedException.Reason.CLOSED, "simulated end"));
    wire.close();
    toSend.release();
  }

  private void introduce() {
    try {
      SessionStream stream = session.open(StreamKind.CONTROL.code(), new byte[0]);
      stream.write(new AgentMessage.Describe("0.1.0", name, "Simulated 1", "none", "none", "boot-" + name,
          Instant.now(), List.of()).encode(), false);
      stream.write(new AgentMessage.Held(List.of(), false).encode(), false);
      drain(stream); // what the server orders here (policy, settled results) has no effect on a simulation
    } catch (SessionClosedException | StreamResetException | InterruptedException e) {
      close();
    }
  }

  private void read() {
    try {
      while (!session.closed()) {
        long now = System.nanoTime();
        long next = session.onTick(now, ThreadLocalRandom.current());
        wire.readTimeout(Duration.ofNanos(Math.max(next - now, SHORTEST_READ.toNanos())));
        receive();
      }
    } catch (IOException | ProtocolException e) {
      session.close(new SessionClosedException(SessionClosedException.Reason.CLOSED, String.valueOf(e.getMessage())));
    } finally {
      ended.countDown();
      rolled.countDown();
      close();
    }
  }

  private void receive() throws IOException {
    byte[] message;
    try {
      message = wire.receive();
    } catch (SocketTimeoutException e) {
      return; // time for the session's own clockwork
    }
    session.receive(message);
  }

  private void write() {
    try {
      while (!session.closed()) {
        toSend.acquire();
        toSend.drainPermits();
        for (byte[] message = session.nextMessage(); message != null; message = session.nextMessage()) {
          wire.send(message);
        }
      }
    } catch (IOException | InterruptedException e) {
      close();
    }
  }

  @Override
  public void wake() {
    toSend.release();
  }

  @Override
  public void opened(SessionStream stream, int kind, byte[] metadata) {
    Thread.ofVirtual().start(() -> answer(stream, metadata));
  }

  private void answer(SessionStream stream, byte[] metadata) {
    try {
      boolean program = OpenMetadata.decode(metadata).operation().endsWith(".run");
      drain(stream); // a simulation does the same whatever it is told
      Instant now = Instant.now();
      if (program) {
        stream.write(piece(OutputChannel.STDOUT, OUTPUT), false);
        stream.write(piece(OutputChannel.RESULT,
            new OperationResult(Outcome.DONE, OptionalInt.of(0), now, now, OUTPUT.length, false, JsonObject.EMPTY, "")
                .toJson().bytes()),
            true);
      } else {
        stream.write(piece(OutputChannel.RESULT, OperationResult.found(now, now, JsonObject.EMPTY).toJson().bytes()),
            true);
      }
    } catch (ProtocolException | SessionClosedException | StreamResetException | InterruptedException e) {
      stream.reset(ResetCode.INTERNAL.code());
    }
  }

  private static void drain(SessionStream stream)
      throws SessionClosedException, StreamResetException, InterruptedException {
    byte[] message;
    do {
      message = stream.read();
    } while (message != null);
  }

  private static byte[] piece(OutputChannel channel, byte[] bytes) {
    byte[] piece = new byte[1 + bytes.length];
    piece[0] = channel.code();
    System.arraycopy(bytes, 0, piece, 1, bytes.length);
    return piece;
  }

  @Override
  public void control(ControlVerb verb, byte[] body) {
    if (verb == ControlVerb.ROLLED) {
      rolled.countDown();
    }
  }

  @Override
  public void rehandshakeDue() {
    // No measurement lasts a day.
  }

  @Override
  public void rehandshake(byte[] message) {
    // Never asked for.
  }

  @Override
  public void goneAway(GoAwayCode code, Duration retryAfter) {
    close();
  }

  @Override
  public void ponged(long opaque) {
    // The keepalive is the session's own affair.
  }

  @Override
  public void closed(SessionClosedException why) {
    toSend.release();
  }
}
