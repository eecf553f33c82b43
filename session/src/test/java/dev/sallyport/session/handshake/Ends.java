package dev.sallyport.session.handshake;

import module java.base;

import dev.sallyport.session.noise.Dh;
import dev.sallyport.session.noise.HandshakeKeys;
import dev.sallyport.session.noise.HandshakeState;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.Role;
import dev.sallyport.session.noise.StaticKeyPair;

/** An agent and a server that may talk, with everything fixed or nothing. */
final class Ends {
  static final SessionTerms TERMS = new SessionTerms(SessionTerms.MAX_RECORD_BYTES, 262_144, 4_194_304,
      Duration.ofSeconds(25), Duration.ZERO);
  static final byte[] NO_HINT = new byte[16];
  static final int SELECTOR = 3;

  final StaticKeyPair agent = StaticKeyPair.of(Fixed.range(0x20, 0x3f));
  final StaticKeyPair server = StaticKeyPair.of(Fixed.range(0x00, 0x1f));
  final ServerKeys serverKeys = ServerKeys.of(SELECTOR, server);
  final RandomSource random = RandomSource.secure();

  static Secret secret(int number) {
    byte[] bytes = new byte[Secret.BYTES];
    bytes[0] = (byte) number;
    return Secret.of(bytes);
  }

  static List<Secret> secrets(int... numbers) {
    return Arrays.stream(numbers).mapToObj(Ends::secret).toList();
  }

  static ReplyPayload ok(long attempt) {
    return new ReplyPayload(Status.OK, Set.of(), 0, 1_700_000_000_000L, attempt, 7, TERMS, Duration.ZERO);
  }

  static ReplyPayload no(Status status, long attempt) {
    return new ReplyPayload(status, Set.of(), 0, 1_700_000_000_000L, attempt, 0, SessionTerms.NONE,
        Duration.ofSeconds(2));
  }

  AgentHandshake hello(List<Secret> secrets) {
    return hello(secrets, random);
  }

  AgentHandshake hello(List<Secret> secrets, RandomSource source) {
    return AgentHandshake.start(agent, server.publicKey(), SELECTOR, HelloKind.SESSION, NO_HINT, secrets, 5, 17,
        0x010203,
        source);
  }

  ServerHandshake open(byte[] hello) {
    return ServerHandshake.open(serverKeys, hello);
  }

  /** The server's answer, when it has these secrets. */
  Reply accept(byte[] hello, List<Secret> own) {
    ServerHandshake handshake = open(hello);
    Match match = handshake.match(own).orElseThrow();
    return handshake.accept(own.get(match.ownIndex()), match.proofIndex(), ok(handshake.payload().attempt()), random);
  }

  /** A reply that breaks the rules, from somebody who has the server's static key. */
  byte[] lie(byte[] hello, int headerIndex, byte[] psk, byte[] payload) {
    HandshakeState noise = new HandshakeState(Slp.protocol(Dh.jdk()), Role.RESPONDER, Slp.prologue(hello, 1),
        new HandshakeKeys().localStatic(server).presharedKey(psk));
    noise.readPayload(hello, noise.readTokens(hello, 1 + Slp.HEADER1_BYTES));
    byte[] message = new byte[Slp.REPLY_BYTES];
    Header.writeReply(message, headerIndex);
    noise.writePayload(payload, message, noise.writeTokens(message, 1 + Slp.HEADER2_BYTES, random));
    return message;
  }
}
