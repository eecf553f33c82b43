package dev.sallyport.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.session.handshake.AgentHandshake;
import dev.sallyport.session.handshake.HelloKind;
import dev.sallyport.session.handshake.ReplyVerdict;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.TokenSecret;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.stream.Role;
import dev.sallyport.session.stream.Session;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionEvents;
import dev.sallyport.session.stream.SessionLimits;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.ServerPin;
import dev.sallyport.transport.Wire;

/** Handshakes made step by step, for what no honest agent does. */
final class HandMade {
  private static final byte[] NO_HINT = new byte[16];

  private HandMade() {
  }

  /** A HELLO of this kind. */
  static AgentHandshake hello(AgentIdentity identity, ServerPin server, HelloKind kind) {
    return start(identity, server, kind, NO_HINT, identity.secrets().held());
  }

  /** A HELLO that enrols with this token's id and that secret. */
  static AgentHandshake enrolment(AgentIdentity identity, ServerPin server, EnrolToken token, byte[] secret) {
    return start(identity, server, HelloKind.ENROLL, token.id().toArray(), List.of(TokenSecret.derive(secret)));
  }

  private static AgentHandshake start(AgentIdentity identity, ServerPin server, HelloKind kind, byte[] hint,
      List<Secret> secrets) {
    long now = System.currentTimeMillis();
    return AgentHandshake.start(identity.keys(), server.publicKey().toArray(), server.selector(), kind, hint, secrets,
        now,
        now, 1, RandomSource.secure());
  }

  /** Says this CONFIRM after a handshake that the server accepts. */
  static void confirm(Wire wire, AgentHandshake handshake, byte[] body) throws IOException {
    wire.send(handshake.helloMessage());
    if (!(handshake.onReply(wire.receive()) instanceof ReplyVerdict.Accepted accepted)) {
      throw new AssertionError("the server did not accept");
    }
    Session session = new Session(Role.AGENT, accepted.keys(), SessionLimits.standard(Role.AGENT), () -> {
    }, new Deaf());
    session.control(ControlVerb.CONFIRM, body);
    byte[] message = session.nextMessage();
    if (message == null) {
      throw new AssertionError("a CONFIRM is a message");
    }
    wire.send(message);
  }

  private static final class Deaf implements SessionEvents {
    @Override
    public void opened(SessionStream stream, int kind, byte[] metadata) {
      stream.reset(SessionStream.REFUSED);
    }

    @Override
    public void control(ControlVerb verb, byte[] body) {
      throw new AssertionError("nothing was to be said");
    }

    @Override
    public void rehandshakeDue() {
      throw new AssertionError("too early");
    }

    @Override
    public void rehandshake(byte[] message) {
      throw new AssertionError("nobody asked");
    }

    @Override
    public void goneAway(GoAwayCode code, Duration retryAfter) {
      throw new AssertionError("the test listens itself");
    }

    @Override
    public void ponged(long opaque) {
      throw new AssertionError("nobody asked");
    }

    @Override
    public void closed(SessionClosedException why) {
      throw new AssertionError("the test closes", why);
    }
  }
}
