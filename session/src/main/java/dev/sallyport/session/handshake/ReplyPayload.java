package dev.sallyport.session.handshake;

import module java.base;

import dev.sallyport.protocol.ProtocolException;

/**
 * payload2, 128 bytes: the server's authenticated answer. The index of the secret it used stands beside it, in
 * {@link ReplyVerdict.Accepted#matchedIndex()}.
 *
 * @param status the answer; only {@link Status#OK} makes a session
 * @param flags what the agent should know besides
 * @param features bits the server understands, 32
 * @param serverTimeMs the server's clock, milliseconds since 1970
 * @param attempt the server's floor with {@link Status#ATTEMPT_STALE} and {@link Status#CLOCK}, else the attempt answered
 * @param epoch of the secret both sides met at; 0 when there is none
 * @param terms of the session
 * @param retryAfter how long an agent that was refused should wait, milliseconds, at most 2^32-1
 */
public record ReplyPayload(Status status, Set<ReplyFlag> flags, int features, long serverTimeMs, long attempt,
    long epoch, SessionTerms terms, Duration retryAfter) {
  static final int BYTES = 128;
  private static final int VERSION = 1;
  private static final long MAX_U32 = 0xffff_ffffL;

  public ReplyPayload {
    flags = Set.copyOf(flags);
    requireRange("serverTimeMs", serverTimeMs, Long.MAX_VALUE);
    requireRange("attempt", attempt, HelloPayload.MAX_ATTEMPT);
    requireRange("epoch", epoch, Long.MAX_VALUE);
    requireRange("retryAfterMs", retryAfter.toMillis(), MAX_U32);
    if (status == Status.OK && !terms.usable()) {
      throw new ProtocolException("payload2 grants a session with a record size, credit or keepalive of zero");
    }
  }

  byte[] encode(int pskIndex) {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.put((byte) VERSION).put((byte) status.code()).put((byte) pskIndex).put((byte) ReplyFlag.encode(flags))
        .putInt(features).putLong(serverTimeMs).putLong(attempt).putLong(epoch);
    terms.encode(out);
    out.putInt((int) retryAfter.toMillis());
    return out.array();
  }

  /** Reads a payload whose secret's index must be the one the header announced. */
  static ReplyPayload decode(byte[] bytes, int announcedIndex) {
    PayloadReader in = new PayloadReader("payload2", bytes, BYTES);
    in.exactly("ver", VERSION);
    Status status = Status.of(in.u8());
    in.exactly("pskIndex", announcedIndex);
    if ((status == Status.OK) == (announcedIndex == Slp.NO_SECRET)) {
      throw new ProtocolException("payload2 has status " + status + " with secret index " + announcedIndex
          + ": a session needs a shared secret, a refusal has none");
    }
    Set<ReplyFlag> flags = ReplyFlag.decode(in.u8());
    ReplyPayload payload = new ReplyPayload(status, flags, in.i32(), in.i64(), in.i64(), in.i64(),
        SessionTerms.decode(in), Duration.ofMillis(in.u32()));
    in.zerosToEnd();
    return payload;
  }

  private static void requireRange(String field, long value, long most) {
    if (value < 0 || value > most) {
      throw new ProtocolException("payload2." + field + " must be 0 to " + most);
    }
  }
}
