package dev.sallyport.agent.link;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

import dev.sallyport.agent.AgentVersion;
import dev.sallyport.agent.time.AgentClock;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.protocol.message.Fail;
import dev.sallyport.protocol.message.MessageKind;
import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.session.handshake.AgentHandshake;
import dev.sallyport.session.handshake.HelloKind;
import dev.sallyport.session.handshake.ReplyVerdict;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;
import dev.sallyport.transport.Wire;

/** Says HELLO and hears the answer. */
public final class Greeter {
  /** How long the answer may take: a busy server queues for 5 s. */
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private static final byte[] NO_HINT = new byte[16];

  private final StaticKeyPair identity;
  private final AgentClock clock;
  private final RandomSource random;

  public Greeter(StaticKeyPair identity, AgentClock clock, RandomSource random) {
    this.identity = identity;
    this.clock = clock;
    this.random = random;
  }

  /** A HELLO of kind SESSION or REHANDSHAKE, not yet sent. */
  AgentHandshake hello(HelloKind kind, ServerKey server, List<Secret> offered, long attempt) {
    return start(kind, server, NO_HINT, offered, attempt);
  }

  /**
   * Greets as a known agent.
   *
   * @throws ProtocolException if the answer was not made by the server whose key is pinned
   */
  public Welcome greet(Wire wire, ServerKey server, List<Secret> offered, long attempt) throws IOException {
    return greet(wire, attempt, hello(HelloKind.SESSION, server, offered, attempt));
  }

  /**
   * Greets as a stranger with a token.
   *
   * @throws ProtocolException if the answer was not made by the server whose key is pinned
   */
  public Welcome enrol(Wire wire, ServerKey server, byte[] tokenId, Secret token, long attempt) throws IOException {
    return greet(wire, attempt, start(HelloKind.ENROLL, server, tokenId, List.of(token), attempt));
  }

  private AgentHandshake start(HelloKind kind, ServerKey server, byte[] hint, List<Secret> offered, long attempt) {
    return AgentHandshake.start(identity, server.x25519().toArray(), server.selector(), kind, hint, offered, attempt,
        clock.millis(),
        AgentVersion.NUMBER, random);
  }

  private static Welcome greet(Wire wire, long attempt, AgentHandshake handshake) throws IOException {
    try (handshake) {
      wire.send(handshake.helloMessage());
      wire.readTimeout(ANSWER_TIMEOUT);
      byte[] answer = receive(wire);
      if (MessageKind.of(answer) == MessageKind.FAIL && TransportMessage.decode(answer) instanceof Fail fail) {
        return new Welcome.Unproven(fail);
      }
      return switch (handshake.onReply(answer)) {
        case ReplyVerdict.Accepted accepted -> new Welcome.Accepted(attempt, accepted);
        case ReplyVerdict.Rejected rejected -> new Welcome.Refused(attempt, rejected.payload());
      };
    }
  }

  private static byte[] receive(Wire wire) throws IOException {
    try {
      return wire.receive();
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "no answer to HELLO within " + ANSWER_TIMEOUT.toSeconds() + " s; the server may be overloaded", e);
    }
  }
}
