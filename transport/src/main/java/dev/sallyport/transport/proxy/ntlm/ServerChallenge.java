package dev.sallyport.transport.proxy.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import dev.sallyport.protocol.ProtocolException;

/**
 * The second of the three messages (MS-NLMP section 2.2.1.2, {@code CHALLENGE_MESSAGE}), which comes from a stranger.
 *
 * @param flags what it can do and wants
 * @param nonce 8 bytes
 * @param target what it tells about itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ServerChallenge(int flags, byte[] nonce, TargetInfo target) {
  static final int NONCE_BYTES = 8;

  private static final int TYPE = 2;
  private static final int FLAGS_AT = 20;
  private static final int NONCE_AT = 24;
  private static final int TARGET_AT = 40;
  private static final int SHORTEST = 32;
  private static final int WITH_TARGET = 48;

  /** @throws ProtocolException if these bytes are no challenge */
  static ServerChallenge parse(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean signed = bytes.length >= SHORTEST
        && Arrays.equals(bytes, 0, Flags.SIGNATURE.length, Flags.SIGNATURE, 0, Flags.SIGNATURE.length);
    if (!signed || in.getInt(Flags.SIGNATURE.length) != TYPE) {
      throw new ProtocolException("this is no NTLM challenge");
    }
    int flags = in.getInt(FLAGS_AT);
    if ((flags & Flags.UNICODE) == 0) {
      throw new ProtocolException("the NTLM challenge is of a server that knows no Unicode; NTLM version 2 needs it");
    }
    return new ServerChallenge(flags, Arrays.copyOfRange(bytes, NONCE_AT, NONCE_AT + NONCE_BYTES), target(in, flags));
  }

  private static TargetInfo target(ByteBuffer in, int flags) {
    if ((flags & Flags.TARGET_INFO) == 0 || in.limit() < WITH_TARGET) {
      return TargetInfo.parse(ByteBuffer.allocate(0));
    }
    int length = Short.toUnsignedInt(in.getShort(TARGET_AT));
    int at = in.getInt(TARGET_AT + Integer.BYTES);
    if (at < 0 || at > in.limit() - length) {
      throw new ProtocolException("an NTLM challenge points behind its end");
    }
    return TargetInfo.parse(in.slice(at, length));
  }
}
