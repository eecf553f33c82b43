package dev.sallyport.agent.link;

import java.io.IOException;
import java.nio.ByteBuffer;

import dev.sallyport.agent.identity.RollingSecrets;
import dev.sallyport.agent.time.ServerClock;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.session.handshake.AgentHandshake;
import dev.sallyport.session.handshake.HelloKind;
import dev.sallyport.session.handshake.ReplyVerdict;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.rolling.AgentEffect;
import dev.sallyport.session.stream.Session;
import org.jspecify.annotations.Nullable;

/** New keys and a new secret for a session that has lived for a day, by the rules of any other handshake. Never on the reader thread. */
final class Rehandshake {
  private final Greeter greeter;
  private final ServerKey server;
  private final RollingSecrets secrets;
  private final ServerClock serverClock;
  private final Session session;
  private @Nullable AgentHandshake underWay;
  private volatile long confirmedAttempt;

  /**
   * @param confirmedAttempt of the handshake the session began with
   */
  Rehandshake(Greeter greeter, ServerKey server, RollingSecrets secrets, ServerClock serverClock, Session session,
      long confirmedAttempt) {
    this.serverClock = serverClock;
    this.confirmedAttempt = confirmedAttempt;
    this.greeter = greeter;
    this.server = server;
    this.secrets = secrets;
    this.session = session;
  }

  /**
   * Says HELLO inside the session.
   *
   * @throws IOException if the attempt could not be stored: nothing was sent
   */
  synchronized void begin(long nowMs) throws IOException {
    forget();
    AgentEffect.SendHello hello = secrets.start(nowMs);
    AgentHandshake handshake = greeter.hello(HelloKind.REHANDSHAKE, server, hello.offered(), hello.attempt());
    underWay = handshake;
    session.sendRehandshake(handshake.helloMessage());
  }

  /**
   * The server's answer has come: confirms if it accepts.
   *
   * @throws IOException if the next secret could not be stored: nothing was confirmed
   * @throws ProtocolException if the answer was not made by the server
   */
  synchronized void answered(byte[] reply) throws IOException {
    AgentHandshake handshake = underWay;
    if (handshake == null) {
      throw new ProtocolException("an answer to a rehandshake nobody asked for");
    }
    underWay = null;
    switch (handshake.onReply(reply)) {
      case ReplyVerdict.Accepted accepted -> {
        serverClock.set(accepted.payload().serverTimeMs());
        try (var keys = accepted.keys()) {
          if (secrets.accepted(handshake.attempt(), accepted.matchedIndex(), accepted.candidate())) {
            confirmedAttempt = handshake.attempt();
            session.confirmRehandshake(keys, attempt(confirmedAttempt));
          }
        }
      }
      case ReplyVerdict.Rejected rejected -> {
        if (rejected.status() == Status.ATTEMPT_STALE) {
          secrets.stale(handshake.attempt(), rejected.payload().attempt());
        } else if (rejected.status() == Status.CLOCK) {
          secrets.clockRefused(handshake.attempt(), rejected.payload().attempt());
        } else {
          secrets.refused();
        }
      }
    }
  }

  /** The attempt that ROLLED completes when it comes. */
  long confirmedAttempt() {
    return confirmedAttempt;
  }

  /** The session is over. */
  synchronized void forget() {
    AgentHandshake handshake = underWay;
    if (handshake != null) {
      handshake.close();
      underWay = null;
    }
  }

  /** The body of CONFIRM. */
  static byte[] attempt(long attempt) {
    return ByteBuffer.allocate(Long.BYTES).putLong(attempt).array();
  }
}
