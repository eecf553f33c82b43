package dev.sallyport.session.handshake;

import module java.base;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.session.noise.HandshakeKeys;
import dev.sallyport.session.noise.HandshakeState;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.Role;
import dev.sallyport.session.noise.StaticKeyPair;
import dev.sallyport.session.noise.Token;

/**
 * The server's half of one handshake. It opens a HELLO, tells which secret both sides share, and answers once. It holds
 * no durable state and trusts nothing: a HELLO can be replayed, so an agent counts as present only after CONFIRM.
 *
 * <p>Not safe for use by two threads at once, but tied to none: it may wait in a queue between its steps. Closing wipes
 * what is left of it.
 */
public final class ServerHandshake implements AutoCloseable {
  private final HandshakeState noise;
  private final byte[] agentStatic;
  private final byte[] hint;
  private final byte[] proofHash;
  private final HelloPayload payload;

  private ServerHandshake(HandshakeState noise, byte[] agentStatic, byte[] hint, byte[] proofHash,
      HelloPayload payload) {
    this.noise = noise;
    this.agentStatic = agentStatic;
    this.hint = hint;
    this.proofHash = proofHash;
    this.payload = payload;
  }

  /**
   * Opens a HELLO completely.
   *
   * @throws ProtocolException if anything about it is wrong
   */
  public static ServerHandshake open(ServerKeys keys, byte[] helloMessage) {
    return identify(keys, helloMessage).open();
  }

  /**
   * Opens a HELLO just far enough to see who calls, at half the cost, so that a stranger can be turned away.
   *
   * @throws ProtocolException if anything about it is wrong so far
   */
  public static Caller identify(ServerKeys keys, byte[] helloMessage) {
    StaticKeyPair own = keys.select(Header.readHello(helloMessage));
    HandshakeState noise = new HandshakeState(Slp.protocol(keys.dh()), Role.RESPONDER, Slp.prologue(helloMessage, 1),
        new HandshakeKeys().localStatic(own));
    try {
      return new Caller(noise, helloMessage, noise.readThrough(Token.S, helloMessage, 1 + Slp.HEADER1_BYTES));
    } catch (ProtocolException e) {
      noise.close();
      throw e;
    }
  }

  /** A copy of the agent's static key, 32 bytes; the sender has shown that he holds it. */
  public byte[] agentStatic() {
    return agentStatic.clone();
  }

  /** A copy of the header's hint, 16 bytes: the token's id when enrolling, else zeros. */
  public byte[] hint() {
    return hint.clone();
  }

  /** What the agent says of itself. */
  public HelloPayload payload() {
    return payload;
  }

  /**
   * Finds the newest own secret that the agent holds too. Every secret is compared with every proof, so the time tells
   * nothing.
   */
  public Optional<Match> match(List<Secret> ownSecretsNewestFirst) {
    Optional<Match> newest = Optional.empty();
    for (int own = ownSecretsNewestFirst.size() - 1; own >= 0; own--) {
      byte[] expected = KeySchedule.proof(ownSecretsNewestFirst.get(own), proofHash);
      for (int proof = payload.proofs().size() - 1; proof >= 0; proof--) {
        if (MessageDigest.isEqual(expected, payload.proofs().get(proof))) {
          newest = Optional.of(new Match(own, proof));
        }
      }
    }
    return newest;
  }

  /**
   * Answers yes and ends this handshake.
   *
   * @param secret the shared secret
   * @param pskIndex which of the agent's proofs it matched
   * @param reply with status {@link Status#OK}
   * @throws ProtocolException if the agent's encapsulation key or ephemeral key is none
   */
  public Reply accept(Secret secret, int pskIndex, ReplyPayload reply, RandomSource random) {
    if (reply.status() != Status.OK || pskIndex < 0 || pskIndex >= payload.proofs().size()) {
      throw new IllegalArgumentException("accepting needs status OK and the index of a proof of the HELLO");
    }
    try (this) {
      byte[] message = write(KeySchedule.psk(secret), pskIndex, reply, random);
      KeySchedule.Outcome outcome = KeySchedule.finish(noise, Role.RESPONDER);
      return new Reply(message, outcome.keys(), outcome.candidate());
    }
  }

  /**
   * Answers no and ends this handshake. The answer is authenticated by the server's static key alone, and no session can
   * come of it.
   *
   * @param reply with any status but {@link Status#OK}
   * @return the whole message
   * @throws ProtocolException if the agent's encapsulation key or ephemeral key is none
   */
  public byte[] refuse(ReplyPayload reply, RandomSource random) {
    if (reply.status() == Status.OK) {
      throw new IllegalArgumentException("a refusal needs a status other than OK");
    }
    try (this) {
      return write(new byte[Slp.SECRET_BYTES], Slp.NO_SECRET, reply, random);
    }
  }

  private byte[] write(byte[] psk, int pskIndex, ReplyPayload reply, RandomSource random) {
    byte[] message = new byte[Slp.REPLY_BYTES];
    Header.writeReply(message, pskIndex);
    noise.presharedKey(psk);
    Arrays.fill(psk, (byte) 0);
    int offset = noise.writeTokens(message, 1 + Slp.HEADER2_BYTES, random);
    noise.writePayload(reply.encode(pskIndex), message, offset);
    return message;
  }

  @Override
  public void close() {
    noise.close();
  }

  /** A HELLO whose sender's name is known, but not yet proven. */
  public static final class Caller implements AutoCloseable {
    private final HandshakeState noise;
    private final byte[] hello;
    private final int offset;

    private Caller(HandshakeState noise, byte[] hello, int offset) {
      this.noise = noise;
      this.hello = hello;
      this.offset = offset;
    }

    /** A copy of the static key, 32 bytes, that the sender claims. */
    public byte[] agentStatic() {
      return noise.remoteStatic();
    }

    /** A copy of the header's hint, 16 bytes: the token's id, or zeros. */
    public byte[] hint() {
      return Header.hint(hello);
    }

    /**
     * Opens the rest.
     *
     * @throws ProtocolException if the sender does not hold the static key, or breaks the rules
     */
    public ServerHandshake open() {
      try {
        int payloadOffset = noise.readTokens(hello, offset);
        byte[] proofHash = noise.handshakeHash();
        HelloPayload payload = HelloPayload.decode(noise.readPayload(hello, payloadOffset));
        if (payload.kind() != HelloKind.ENROLL && !Arrays.equals(hint(), new byte[Slp.HINT_BYTES])) {
          throw new ProtocolException("header1.hint must be zero in a HELLO that does not enrol");
        }
        return new ServerHandshake(noise, agentStatic(), hint(), proofHash, payload);
      } catch (ProtocolException e) {
        close();
        throw e;
      }
    }

    @Override
    public void close() {
      noise.close();
    }
  }
}
