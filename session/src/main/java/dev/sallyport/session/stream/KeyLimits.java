package dev.sallyport.session.stream;

import module java.base;

/**
 * How long keys serve.
 *
 * @param rekeyRecords      records a direction seals under one key before it moves to that key's Noise REKEY
 * @param rekeyAfter        time after which it does so anyway
 * @param rehandshakeBytes  bytes of both directions together after which a whole new handshake is due
 * @param rehandshakeAfter  time after which it is due anyway
 */
public record KeyLimits(long rekeyRecords, Duration rekeyAfter, long rehandshakeBytes, Duration rehandshakeAfter) {
  /** 2^20 records or an hour; 64 GiB or a day. */
  public static final KeyLimits STANDARD = new KeyLimits(1L << 20, Duration.ofHours(1), 64L << 30, Duration.ofDays(1));
  /** A server ends a session whose agent is overdue with a rehandshake by this factor. */
  static final int MAX_OVERDUE = 2;

  /** Refuses limits of nothing. */
  public KeyLimits {
    if (rekeyRecords < 1 || !rekeyAfter.isPositive() || rehandshakeBytes < 1 || !rehandshakeAfter.isPositive()) {
      throw new IllegalArgumentException("key limits are positive");
    }
  }
}
