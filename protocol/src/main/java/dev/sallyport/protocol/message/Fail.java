package dev.sallyport.protocol.message;

import java.nio.ByteBuffer;
import java.time.Duration;

import dev.sallyport.protocol.ProtocolException;

/**
 * An unauthenticated refusal: {@code "SLP1" ‖ code(1) ‖ retryAfterSeconds(2) ‖ 0}. Anybody on the path can forge one,
 * so it never changes a secret; the agent only waits.
 *
 * @param code       the reason
 * @param retryAfter how long to stay away, whole seconds, zero to {@link #MAX_RETRY_AFTER}
 */
public record Fail(FailCode code, Duration retryAfter) implements TransportMessage {
  /** Bytes after the kind byte. */
  public static final int BODY_BYTES = 8;
  /** The longest wait two bytes of seconds can name. */
  public static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(0xFFFF);

  private static final int MAGIC = 0x534C5031; // "SLP1"

  /** Refuses a wait that does not fit; fractions of a second are dropped. */
  public Fail {
    if (retryAfter.isNegative() || retryAfter.compareTo(MAX_RETRY_AFTER) > 0) {
      throw new IllegalArgumentException("retryAfter is 0 to " + MAX_RETRY_AFTER.toSeconds() + " s, not " + retryAfter);
    }
    retryAfter = Duration.ofSeconds(retryAfter.toSeconds());
  }

  @Override
  public MessageKind kind() {
    return MessageKind.FAIL;
  }

  @Override
  public byte[] bytes() {
    return ByteBuffer.allocate(1 + BODY_BYTES).put(kind().code()).putInt(MAGIC).put((byte) code.code()).putShort(
        (short) retryAfter.toSeconds()).put((byte) 0).array();
  }

  static Fail decode(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    if (in.getInt() != MAGIC) {
      throw new ProtocolException("FAIL does not begin with SLP1");
    }
    FailCode code = FailCode.of(in.get() & 0xFF);
    Duration retryAfter = Duration.ofSeconds(in.getShort() & 0xFFFF);
    if (in.get() != 0) {
      throw new ProtocolException("FAIL does not end with a zero byte");
    }
    return new Fail(code, retryAfter);
  }
}
