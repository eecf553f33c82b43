package dev.sallyport.agent.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.channel.OpenMetadata;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.channel.ServerMessage;
import dev.sallyport.protocol.channel.StreamKind;
import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.session.handshake.Reply;
import dev.sallyport.session.handshake.SessionKeys;
import dev.sallyport.session.stream.Role;
import dev.sallyport.session.stream.Session;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionEvents;
import dev.sallyport.session.stream.SessionLimits;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.session.stream.StreamResetException;
import dev.sallyport.transport.Wire;

/** The server's end of one link: a test gives orders with it and hears what the agent says. */
public final class FakeLink implements SessionEvents {
  private static final long PATIENCE_SECONDS = 60;

  private final FakeServer server;
  private final Wire wire;
  private final Session session;
  private volatile Function<byte[], Optional<byte[]>> onConfirm;
  private volatile Consumer<FakeLink> onUp;
  private final Semaphore somethingToSend = new Semaphore(0);
  private final BlockingQueue<AgentMessage> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<SessionStream> control = new LinkedBlockingQueue<>();
  private volatile boolean over;

  /** What an order brought. */
  public record Answer(Bytes output, String stderr, OperationResult result) {
    public String stdout() {
      return new String(output.toArray(), StandardCharsets.UTF_8);
    }
  }

  /**
   * @param onConfirm returns the body of ROLLED, or nothing if the server dies there
   * @param onUp told after ROLLED
   */
  @SuppressWarnings("this-escape") // the session tells nothing before the link runs
  FakeLink(FakeServer server, Wire wire, SessionKeys keys, Function<byte[], Optional<byte[]>> onConfirm,
      Consumer<FakeLink> onUp) {
    this.onUp = onUp;
    this.server = server;
    this.wire = wire;
    this.onConfirm = onConfirm;
    this.session = new Session(Role.SERVER, keys, SessionLimits.standard(Role.SERVER), somethingToSend::release, this);
    keys.close();
  }

  /** Reads until the end, on the calling thread. */
  void run() {
    Thread.ofVirtual().name("fake-server-writer").start(this::write);
    try {
      wire.readTimeout(Duration.ZERO);
      while (!session.closed()) {
        session.receive(wire.receive());
      }
    } catch (IOException | ProtocolException e) {
      // The agent went away.
      over = true;
    }
    over = true;
    session.close(new SessionClosedException(SessionClosedException.Reason.CLOSED, "the wire ended"));
    somethingToSend.release();
  }

  private void write() {
    try {
      do {
        somethingToSend.acquire();
        for (byte[] message = session.nextMessage(); message != null; message = session.nextMessage()) {
          wire.send(message);
        }
      } while (!over);
    } catch (IOException | InterruptedException e) {
      over = true;
    } finally {
      wire.close();
    }
  }

  // -- what a test does ---------------------------------------------------------------------------------------------

  /** Gives an order and waits for its result. */
  public Answer order(OperationId id, Operation operation, long from, Instant latestStart) {
    try {
      return answer(begin(id, operation, from, latestStart));
    } catch (SessionClosedException | StreamResetException | InterruptedException e) {
      throw new LinkLost(e);
    }
  }

  public Answer order(OperationId id, Operation operation) {
    return order(id, operation, 0, Instant.now().plusSeconds(3600));
  }

  /** Gives an order with its input and waits for its result. */
  public Answer order(OperationId id, Operation operation, byte[] input) {
    try {
      byte[] arguments = Operations.encode(operation);
      SessionStream stream = session.open(StreamKind.OPERATION.code(), new OpenMetadata(id, operation.name(), 0,
          Instant.now().plusSeconds(3600), arguments.length).encode());
      byte[] all = java.util.Arrays.copyOf(arguments, arguments.length + input.length);
      System.arraycopy(input, 0, all, arguments.length, input.length);
      write(stream, all);
      return answer(stream);
    } catch (SessionClosedException | StreamResetException | InterruptedException e) {
      throw new LinkLost(e);
    }
  }

  /** Gives an order and does not wait. */
  public SessionStream begin(OperationId id, Operation operation, long from, Instant latestStart) {
    try {
      SessionStream stream = session.open(StreamKind.OPERATION.code(),
          new OpenMetadata(id, operation.name(), from, latestStart).encode());
      write(stream, Operations.encode(operation));
      return stream;
    } catch (SessionClosedException | StreamResetException | InterruptedException e) {
      throw new LinkLost(e);
    }
  }

  private static void write(SessionStream stream, byte[] bytes)
      throws SessionClosedException, StreamResetException, InterruptedException {
    int piece = 16 << 10;
    for (int sent = 0; sent < bytes.length; sent += piece) {
      int end = Math.min(bytes.length, sent + piece);
      stream.write(java.util.Arrays.copyOfRange(bytes, sent, end), end == bytes.length);
    }
  }

  /** Reads an order's stream to its end. */
  public static Answer answer(SessionStream stream)
      throws SessionClosedException, StreamResetException, InterruptedException {
    var stdout = new ByteArrayOutputStream();
    var stderr = new ByteArrayOutputStream();
    var result = new ByteArrayOutputStream();
    for (byte[] body = stream.read(); body != null; body = stream.read()) {
      ByteArrayOutputStream target = switch (OutputChannel.ofCode(body[0])) {
        case RESULT -> result;
        case STDOUT -> stdout;
        case STDERR -> stderr;
      };
      target.write(body, 1, body.length - 1);
    }
    return new Answer(Bytes.of(stdout.toByteArray()), stderr.toString(StandardCharsets.UTF_8),
        OperationResult.decode(result.toByteArray()));
  }

  /** The link ended before the answer came. */
  public static final class LinkLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LinkLost(Exception cause) {
      super(cause);
    }
  }

  public void settle(OperationId... ids) {
    say(new ServerMessage.Settled(List.of(ids)));
  }

  public void cancel(OperationId id) {
    say(new ServerMessage.Cancel(id));
  }

  public void policy(AgentPolicy policy) {
    say(new ServerMessage.Policy(policy));
  }

  public void servers(String... addresses) {
    say(new ServerMessage.Servers(List.of(addresses)));
  }

  private void say(ServerMessage message) {
    try {
      SessionStream stream = control.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (stream == null) {
        throw new AssertionError("the agent opened no control stream");
      }
      control.add(stream);
      stream.write(message.encode(), false);
    } catch (SessionClosedException | StreamResetException | InterruptedException e) {
      throw new LinkLost(e);
    }
  }

  /** What the agent says next on its control stream. */
  public AgentMessage hear() {
    try {
      AgentMessage message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("the agent said nothing on its control stream");
      }
      return message;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The ids the agent holds, all messages together; the introduction must have been heard. */
  public List<OperationId> hearHeld() {
    var ids = new ArrayList<OperationId>();
    while (hear() instanceof AgentMessage.Held held) {
      ids.addAll(held.ids());
      if (!held.more()) {
        return ids;
      }
    }
    throw new AssertionError("expected what the agent holds");
  }

  public void goAway(GoAwayCode code, Duration retryAfter) {
    session.goAway(code, retryAfter);
  }

  /** Pulls the cable. */
  public void cut() {
    wire.close();
  }

  /** Whether the link has ended. */
  public boolean over() {
    return over;
  }

  public int openStreams() {
    return session.openStreams();
  }

  // -- what the session tells ---------------------------------------------------------------------------------------

  @Override
  public void control(ControlVerb verb, byte[] body) {
    if (verb == ControlVerb.CONFIRM) {
      Optional<byte[]> rolled = onConfirm.apply(body);
      if (rolled.isEmpty()) {
        wire.close();
        return;
      }
      session.control(ControlVerb.ROLLED, rolled.get());
      onUp.accept(this);
    }
  }

  @Override
  public void opened(SessionStream stream, int kind, byte[] metadata) {
    if (kind == StreamKind.CONTROL.code()) {
      control.add(stream);
      Thread.ofVirtual().start(() -> listen(stream));
    } else {
      stream.reset(SessionStream.REFUSED);
    }
  }

  private void listen(SessionStream stream) {
    try {
      for (byte[] message = stream.read(); message != null; message = stream.read()) {
        heard.add(AgentMessage.decode(message));
      }
    } catch (SessionClosedException | StreamResetException | InterruptedException e) {
      // The link is over.
      return;
    }
  }

  @Override
  public void rehandshake(byte[] hello) {
    Thread.ofVirtual().start(() -> {
      var handshake = server.open(hello);
      String name = FakeServer.nameOf(handshake);
      long attempt = handshake.payload().attempt();
      FakeServer.Accepted accepted = server.judge(name, handshake);
      if (accepted.reply().isEmpty()) {
        session.refuseRehandshake(accepted.message());
        return;
      }
      Reply reply = accepted.reply().get();
      onConfirm = _ -> server.confirmed(name, attempt, reply.candidate());
      onUp = _ -> {
      };
      session.acceptRehandshake(accepted.message(), reply.keys());
    });
  }

  @Override
  public void rehandshakeDue() {
    // An agent's affair.
  }

  @Override
  public void goneAway(GoAwayCode code, Duration retryAfter) {
    // The reader meets the end.
  }

  @Override
  public void ponged(long opaque) {
    // Nothing was asked.
  }

  @Override
  public void closed(SessionClosedException why) {
    over = true;
    somethingToSend.release();
  }
}
