package dev.sallyport.session.handshake;

import module java.base;

import dev.sallyport.protocol.ProtocolException;

/**
 * What the server sets for a session.
 *
 * @param maxRecordBytes the largest plaintext of one record, at most {@link #MAX_RECORD_BYTES}
 * @param streamCredit bytes a sender may have under way on one stream
 * @param sessionCredit bytes a sender may have under way on all streams together
 * @param keepalive how often the agent pings, whole seconds
 * @param resume how long keys outlive their transport, whole seconds; version 1 ends a session with its transport
 */
public record SessionTerms(int maxRecordBytes, int streamCredit, int sessionCredit, Duration keepalive,
    Duration resume) {
  /** 65,535 of a Noise message less its tag. */
  public static final int MAX_RECORD_BYTES = 65_519;
  /** Terms of a reply that makes no session. */
  public static final SessionTerms NONE = new SessionTerms(0, 0, 0, Duration.ZERO, Duration.ZERO);

  private static final int MAX_SECONDS = 0xffff;

  public SessionTerms {
    requireRange("maxRecord", maxRecordBytes, MAX_RECORD_BYTES);
    requireRange("streamCredit", streamCredit, Integer.MAX_VALUE);
    requireRange("sessionCredit", sessionCredit, Integer.MAX_VALUE);
    requireRange("keepaliveS", keepalive.toSeconds(), MAX_SECONDS);
    requireRange("resumeS", resume.toSeconds(), MAX_SECONDS);
  }

  /** Whether a session can live on these terms. */
  boolean usable() {
    return maxRecordBytes > 0 && streamCredit > 0 && sessionCredit > 0 && keepalive.isPositive();
  }

  void encode(ByteBuffer out) {
    out.putInt(maxRecordBytes).putInt(streamCredit).putInt(sessionCredit).putShort((short) keepalive.toSeconds())
        .putShort((short) resume.toSeconds());
  }

  static SessionTerms decode(PayloadReader in) {
    return new SessionTerms(in.i32(), in.i32(), in.i32(), Duration.ofSeconds(in.u16()), Duration.ofSeconds(in.u16()));
  }

  private static void requireRange(String field, long value, long most) {
    if (value < 0 || value > most) {
      throw new ProtocolException("payload2." + field + " must be 0 to " + most);
    }
  }
}
