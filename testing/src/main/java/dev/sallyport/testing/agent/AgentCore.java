package dev.sallyport.testing.agent;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.StreamKind;
import dev.sallyport.protocol.enrol.EnrolGrant;
import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.message.Fail;
import dev.sallyport.protocol.message.MessageKind;
import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.session.handshake.SessionKeys;
import dev.sallyport.session.handshake.SessionTerms;
import dev.sallyport.session.stream.Role;
import dev.sallyport.session.stream.Session;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionClosedException.Reason;
import dev.sallyport.session.stream.SessionEvents;
import dev.sallyport.session.stream.SessionLimits;
import dev.sallyport.session.stream.SessionStream;
import org.jspecify.annotations.Nullable;

/**
 * A fake agent's side of one connection, without a network: messages go in and come out. It keeps to the protocol exactly, with
 * the project's own session classes, so that what a test sees is what a real agent would.
 *
 * <p>One thread at a time calls {@link #received} and one {@link #nextMessage}; everything else may be called by any.
 */
public final class AgentCore implements SessionEvents {
  private static final SessionLimits LIMITS = SessionLimits.standard(Role.AGENT);

  private final AgentHandshakes handshakes;
  private final AgentHost host;
  private final ControlTalk control;
  private final OperationStreams operations;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Session session;
  private volatile @Nullable EnrolGrant grant;
  private volatile boolean linked;
  private volatile boolean taciturn;

  /** @param threads for what blocks; virtual ones are best */
  public AgentCore(AgentIdentity identity, ServerPin server, OperationStreams operations, AgentHost host,
      Executor threads) {
    this.handshakes = new AgentHandshakes(identity, server);
    this.host = host;
    this.operations = operations;
    this.control = new ControlTalk(identity.hostname(), threads);
  }

  /** The first message of a known agent. */
  public byte[] hello(long nowMillis) {
    return handshakes.session(nowMillis);
  }

  /** The first message of a machine with a token. */
  public byte[] enrol(EnrolToken token, long nowMillis) {
    return handshakes.enrolment(token, nowMillis);
  }

  /** Takes in a message of the server. */
  public void received(byte[] message) {
    try {
      Session open = session;
      if (open != null) {
        open.receive(message);
      } else if (MessageKind.of(message) == MessageKind.FAIL
          && TransportMessage.decode(message) instanceof Fail(var code, var retryAfter)) {
        end(new AgentEnd.Failed(code, retryAfter));
      } else {
        replied(handshakes.reply(message));
      }
    } catch (ProtocolException e) {
      end(new AgentEnd.Forged(String.valueOf(e.getMessage())));
    }
  }

  private void replied(AgentHandshakes.Outcome outcome) {
    switch (outcome) {
      case AgentHandshakes.No no -> end(new AgentEnd.Rejected(no.status(), no.payload()));
      case AgentHandshakes.Yes yes -> {
        try (SessionKeys keys = yes.keys()) {
          SessionTerms terms = yes.terms();
          Session opened = new Session(Role.AGENT, keys, LIMITS.withTerms(terms.maxRecordBytes(), terms.streamCredit(),
              terms.sessionCredit(), terms.keepalive()), host, this);
          session = opened;
          opened.control(ControlVerb.CONFIRM, yes.confirm());
        }
      }
    }
  }

  /** The next message to send, or null if there is none now. */
  public byte @Nullable [] nextMessage() {
    Session open = session;
    return open == null ? null : open.nextMessage();
  }

  /** Tells the time, for the keepalive. */
  public void tick(long nanoTime, RandomGenerator random) {
    Session open = session;
    if (open != null) {
      open.onTick(nanoTime, random);
    }
  }

  /** The connection is gone. */
  public void connectionEnded(String why) {
    Session open = session;
    if (open != null) {
      open.close(new SessionClosedException(Reason.CLOSED, why));
    }
    end(new AgentEnd.Closed(why));
  }

  /** Starts a rehandshake, as an old session does by itself. */
  public void renewKeys(long nowMillis) {
    opened().sendRehandshake(handshakes.again(nowMillis));
  }

  /** It shall not open its control stream, which no honest agent would leave out. */
  public void beTaciturn() {
    taciturn = true;
  }

  /** What is said on the control stream. */
  public ControlTalk control() {
    return control;
  }

  /** The session, for tests that do in it what no honest agent does. */
  public Session opened() {
    Session open = session;
    if (open == null) {
      throw new IllegalStateException("there is no session yet");
    }
    return open;
  }

  /** What the server granted in this connection's enrolment. */
  public EnrolGrant grant() {
    EnrolGrant granted = grant;
    if (granted == null) {
      throw new IllegalStateException("nothing was granted");
    }
    return granted;
  }

  // -- the session's events -----------------------------------------------------------------------------------------

  @Override
  public void control(ControlVerb verb, byte[] body) {
    if (verb != ControlVerb.ROLLED) {
      return;
    }
    boolean first = !linked;
    if (first && body.length > Long.BYTES) {
      grant = EnrolGrant.decode(Arrays.copyOfRange(body, Long.BYTES, body.length));
    }
    handshakes.rolled();
    if (first) {
      linked = true;
      byte[] seen = host.tlsInfo();
      if (seen.length > 0) {
        opened().control(ControlVerb.TLSINFO, seen);
      }
      if (!taciturn) {
        control.begin(opened());
      }
      host.linked();
    }
  }

  @Override
  public void rehandshake(byte[] message) {
    switch (handshakes.reply(message)) {
      case AgentHandshakes.No no -> end(new AgentEnd.Rejected(no.status(), no.payload()));
      case AgentHandshakes.Yes yes -> {
        try (SessionKeys keys = yes.keys()) {
          opened().confirmRehandshake(keys, yes.confirm());
        }
      }
    }
  }

  @Override
  public void opened(SessionStream stream, int kind, byte[] metadata) {
    if (kind == StreamKind.OPERATION.code()) {
      operations.opened(stream, metadata);
    } else {
      stream.reset(SessionStream.REFUSED);
    }
  }

  @Override
  public void rehandshakeDue() {
    // a test that wants one says so
  }

  @Override
  public void goneAway(GoAwayCode code, Duration retryAfter) {
    control.goneAway(code, retryAfter);
  }

  @Override
  public void ponged(long opaque) {
    // the session counts it
  }

  @Override
  public void closed(SessionClosedException why) {
    end(new AgentEnd.Closed(String.valueOf(why.getMessage())));
  }

  private void end(AgentEnd why) {
    if (ended.compareAndSet(false, true)) {
      host.ended(why);
    }
  }
}
