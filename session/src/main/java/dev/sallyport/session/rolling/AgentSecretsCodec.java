package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.session.handshake.HelloPayload;
import dev.sallyport.session.handshake.Secret;

/**
 * {@link AgentSecrets} as bytes, version 1: {@code pending(1) | lastAttempt(8) | count(1) | secrets}, big-endian, the
 * secrets 32 bytes each and newest first. Whoever keeps them on disk adds the version, a checksum against torn writes, and
 * the atomic replacement that the rules of the roll rely on.
 */
public final class AgentSecretsCodec {
  private static final int HEADER_BYTES = 10;

  private AgentSecretsCodec() {
  }

  /** The bytes hold secrets: the caller wipes them when they are written. */
  public static byte[] encode(AgentSecrets secrets) {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + secrets.held().size() * Secret.BYTES);
    out.put((byte) secrets.pending()).putLong(secrets.lastAttempt()).put((byte) secrets.held().size());
    for (Secret secret : secrets.held()) {
      byte[] bytes = secret.bytes();
      out.put(bytes);
      Arrays.fill(bytes, (byte) 0);
    }
    return out.array();
  }

  /**
   * Reads what {@link #encode} wrote, and nothing else.
   *
   * @throws ProtocolException if a field is out of its range or contradicts another, or bytes are missing or left over
   */
  public static AgentSecrets decode(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      throw new ProtocolException("an agent's secrets have at least " + HEADER_BYTES + " bytes, not " + bytes.length);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int pending = Byte.toUnsignedInt(in.get());
    long lastAttempt = in.getLong();
    int count = Byte.toUnsignedInt(in.get());
    if (count > AgentSecrets.MOST_HELD || pending > count) {
      throw new ProtocolException("an agent holds at most " + AgentSecrets.MOST_HELD + " secrets, not " + count
          + ", and the " + pending + " pending ones are among them");
    }
    if (lastAttempt < 0 || lastAttempt > HelloPayload.MAX_ATTEMPT) {
      throw new ProtocolException("an agent's last attempt is out of range: " + lastAttempt);
    }
    if (in.remaining() != count * Secret.BYTES) {
      throw new ProtocolException(count + " secrets have " + count * Secret.BYTES + " bytes, not " + in.remaining());
    }
    return new AgentSecrets(secrets(in, count), pending, lastAttempt);
  }

  private static List<Secret> secrets(ByteBuffer in, int count) {
    List<Secret> held = new ArrayList<>(count);
    byte[] bytes = new byte[Secret.BYTES];
    for (int i = 0; i < count; i++) {
      in.get(bytes);
      held.add(Secret.of(bytes));
    }
    Arrays.fill(bytes, (byte) 0);
    return held;
  }
}
