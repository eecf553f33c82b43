package dev.sallyport.session.handshake;

import module java.base;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.session.noise.Dh;
import dev.sallyport.session.noise.HandshakeKeys;
import dev.sallyport.session.noise.HandshakeState;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.Role;
import dev.sallyport.session.noise.StaticKeyPair;

/**
 * The agent's half of one handshake: a HELLO, then one HELLO_REPLY. It holds no durable state; what a reply means for
 * the rolling secret is decided elsewhere.
 *
 * <p>Not safe for use by two threads at once, but tied to none. Closing wipes what is left of it.
 */
public final class AgentHandshake implements AutoCloseable {
  /** A server that named a higher floor would use up this agent's numbers for good. */
  private static final long MAX_FLOOR = HelloPayload.MAX_ATTEMPT / 2;

  private final HandshakeState noise;
  private final byte[] hello;
  private final long attempt;
  private final List<byte[]> psks;

  private AgentHandshake(HandshakeState noise, byte[] hello, long attempt, List<byte[]> psks) {
    this.noise = noise;
    this.hello = hello;
    this.attempt = attempt;
    this.psks = psks;
  }

  /**
   * Makes the HELLO.
   *
   * @param agent the agent's own key pair
   * @param serverPublic the server's static key, 32 bytes, from the installation bundle
   * @param serverKeySel which of the server's keys that is, 0 to 255
   * @param kind why the agent calls
   * @param hint16 the token's id when enrolling, else 16 zero bytes
   * @param secretsNewestFirst what the agent holds; the first {@link HelloPayload#MAX_PROOFS} are offered, at least one
   * @param attempt above every earlier one, from 1
   * @param agentTimeMs the agent's clock, milliseconds since 1970
   * @param appVersion the agent's version
   * @throws ProtocolException if the server's key is of low order
   */
  public static AgentHandshake start(StaticKeyPair agent, byte[] serverPublic, int serverKeySel, HelloKind kind,
      byte[] hint16, List<Secret> secretsNewestFirst, long attempt, long agentTimeMs, int appVersion,
      RandomSource random) {
    requireArguments(serverKeySel, hint16, secretsNewestFirst);
    List<Secret> offered = secretsNewestFirst.subList(0, Math.min(secretsNewestFirst.size(), HelloPayload.MAX_PROOFS));
    byte[] hello = new byte[Slp.HELLO_BYTES];
    Header.writeHello(hello, serverKeySel, hint16);
    HandshakeKeys keys = new HandshakeKeys().localStatic(agent).remoteStatic(serverPublic);
    HandshakeState noise = new HandshakeState(Slp.protocol(Dh.jdk()), Role.INITIATOR, Slp.prologue(hello, 1), keys);
    int offset = noise.writeTokens(hello, 1 + Slp.HEADER1_BYTES, random);
    byte[] hash = noise.handshakeHash();
    List<byte[]> proofs = new ArrayList<>();
    List<byte[]> psks = new ArrayList<>();
    for (Secret secret : offered) {
      proofs.add(KeySchedule.proof(secret, hash));
      psks.add(KeySchedule.psk(secret));
    }
    noise.writePayload(new HelloPayload(kind, attempt, agentTimeMs, 0, appVersion, proofs).encode(), hello, offset);
    return new AgentHandshake(noise, hello, attempt, psks);
  }

  private static void requireArguments(int serverKeySel, byte[] hint, List<Secret> secrets) {
    if (serverKeySel < 0 || serverKeySel > 0xff || hint.length != Slp.HINT_BYTES) {
      throw new IllegalArgumentException("a key selector is 0 to 255 and a hint has 16 bytes");
    }
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("a HELLO needs at least one secret");
    }
  }

  /** A copy of the whole message: the kind byte and 1,576 bytes. */
  public byte[] helloMessage() {
    return hello.clone();
  }

  /** The attempt number of this handshake. */
  public long attempt() {
    return attempt;
  }

  /**
   * Opens the server's answer and ends this handshake, whatever comes out.
   *
   * @throws ProtocolException if the answer was not made by the server for this HELLO, or breaks the rules
   */
  public ReplyVerdict onReply(byte[] message) {
    try (this) {
      int index = Header.readReply(message);
      noise.presharedKey(psk(index));
      int offset = noise.readTokens(message, 1 + Slp.HEADER2_BYTES);
      ReplyPayload payload = ReplyPayload.decode(noise.readPayload(message, offset), index);
      requireAttempt(payload);
      if (payload.status() != Status.OK) {
        return new ReplyVerdict.Rejected(payload.status(), payload);
      }
      KeySchedule.Outcome outcome = KeySchedule.finish(noise, Role.INITIATOR);
      return new ReplyVerdict.Accepted(outcome.keys(), outcome.candidate(), index, payload);
    }
  }

  private byte[] psk(int index) {
    if (index == Slp.NO_SECRET) {
      return new byte[Slp.SECRET_BYTES];
    }
    if (index >= psks.size()) {
      throw new ProtocolException("HELLO_REPLY names secret " + index + ", but only " + psks.size() + " were offered");
    }
    return psks.get(index);
  }

  private void requireAttempt(ReplyPayload payload) {
    if (payload.status() == Status.OK && payload.attempt() != attempt) {
      throw new ProtocolException("payload2.attempt answers another HELLO");
    }
    if (payload.status() == Status.ATTEMPT_STALE && payload.attempt() < attempt) {
      throw new ProtocolException("payload2.attempt is a floor below the attempt it refuses");
    }
    if (payload.status() != Status.OK && payload.attempt() > MAX_FLOOR) {
      throw new ProtocolException("payload2.attempt is a floor that leaves no attempts above it");
    }
  }

  @Override
  public void close() {
    noise.close();
    for (byte[] psk : psks) {
      Arrays.fill(psk, (byte) 0);
    }
  }
}
