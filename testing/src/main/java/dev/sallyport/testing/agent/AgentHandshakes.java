package dev.sallyport.testing.agent;

import java.nio.ByteBuffer;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.session.handshake.AgentHandshake;
import dev.sallyport.session.handshake.HelloKind;
import dev.sallyport.session.handshake.ReplyPayload;
import dev.sallyport.session.handshake.ReplyVerdict;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.SessionKeys;
import dev.sallyport.session.handshake.SessionTerms;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.handshake.TokenSecret;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.rolling.AgentEffect;
import dev.sallyport.session.rolling.AgentRoll;
import dev.sallyport.session.rolling.AgentState;
import dev.sallyport.session.rolling.Depth;
import dev.sallyport.session.rolling.Step;
import org.jspecify.annotations.Nullable;

/** The handshakes of a fake agent's connection, by the real rules of the rolling secret; storage is the identity. */
final class AgentHandshakes {
  private static final AgentRoll ROLL = new AgentRoll(Depth.DEFAULT);
  private static final RandomSource RANDOM = RandomSource.secure();
  private static final byte[] NO_HINT = new byte[16];
  private static final int APP_VERSION = 0x0001_0000;

  private final AgentIdentity identity;
  private final ServerPin server;
  private @Nullable AgentHandshake open;
  private boolean enrolling;
  private long attempt;

  AgentHandshakes(AgentIdentity identity, ServerPin server) {
    this.identity = identity;
    this.server = server;
  }

  /** What a reply means. */
  sealed interface Outcome {
  }

  /** A session. */
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  record Yes(SessionKeys keys, SessionTerms terms, byte[] confirm) implements Outcome {}

  /** No session. */
  record No(Status status, ReplyPayload payload) implements Outcome {}

  byte[] session(long nowMillis) {
    enrolling = false;
    return start(HelloKind.SESSION, NO_HINT, nowMillis);
  }

  byte[] again(long nowMillis) {
    enrolling = false;
    return start(HelloKind.REHANDSHAKE, NO_HINT, nowMillis);
  }

  byte[] enrolment(EnrolToken token, long nowMillis) {
    enrolling = true;
    Step<AgentState, AgentEffect> step = ROLL.start(identity.state(), nowMillis);
    identity.state(step.state());
    return begin(HelloKind.ENROLL, token.id().toArray(), List.of(TokenSecret.derive(token.secret())), nowMillis);
  }

  private byte[] start(HelloKind kind, byte[] hint, long nowMillis) {
    Step<AgentState, AgentEffect> step = ROLL.start(identity.state(), nowMillis);
    identity.state(step.state());
    for (AgentEffect effect : step.effects()) {
      if (effect instanceof AgentEffect.SendHello hello) {
        return begin(kind, hint, hello.offered(), nowMillis);
      }
    }
    throw new IllegalStateException("a handshake begins with a HELLO");
  }

  private byte[] begin(HelloKind kind, byte[] hint, List<Secret> offered, long nowMillis) {
    attempt = identity.state().attempt();
    AgentHandshake handshake = AgentHandshake.start(identity.keys(), server.publicKey().toArray(), server.selector(),
        kind,
        hint, offered, attempt, nowMillis, APP_VERSION, RANDOM);
    open = handshake;
    return handshake.helloMessage();
  }

  Outcome reply(byte[] message) {
    AgentHandshake handshake = open;
    open = null;
    if (handshake == null) {
      throw new ProtocolException("a reply without a HELLO");
    }
    return switch (handshake.onReply(message)) {
      case ReplyVerdict.Accepted accepted -> accepted(accepted);
      case ReplyVerdict.Rejected rejected -> {
        identity.state(rejected.status() == Status.ATTEMPT_STALE
            ? ROLL.onStale(identity.state(), attempt, rejected.payload().attempt()).state()
            : ROLL.onRefused(identity.state()));
        yield new No(rejected.status(), rejected.payload());
      }
    };
  }

  private Outcome accepted(ReplyVerdict.Accepted accepted) {
    Step<AgentState, AgentEffect> step = enrolling
        ? ROLL.onEnrolReplyOk(identity.state(), attempt, accepted.candidate())
        : ROLL.onReplyOk(identity.state(), attempt, accepted.matchedIndex(), accepted.candidate());
    identity.state(step.state());
    byte[] behind = enrolling ? identity.request(accepted.keys().handshakeHash()).encode() : new byte[0];
    byte[] confirm = ByteBuffer.allocate(Long.BYTES + behind.length).putLong(attempt).put(behind).array();
    return new Yes(accepted.keys(), accepted.payload().terms(), confirm);
  }

  void rolled() {
    identity.state(ROLL.onRolled(identity.state(), attempt).state());
  }
}
