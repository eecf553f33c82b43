package dev.sallyport.server.store;

import java.security.SecureRandom;
import java.util.UUID;

/** Identifiers for new rows: UUID version 7 (RFC 9562), so that they sort by time of creation and reveal nothing else. */
public final class Identifiers {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long RANDOM_A_MASK = 0xfffL;
  private static final long VERSION_7 = 0x7000L;
  private static final long RANDOM_B_MASK = 0x3fffffffffffffffL;
  private static final long VARIANT = 0x8000000000000000L;

  private Identifiers() {
  }

  /** A new identifier for something that comes to be at {@code epochMilli}. */
  public static String next(long epochMilli) {
    long high = (epochMilli << 16) | VERSION_7 | (RANDOM.nextLong() & RANDOM_A_MASK);
    long low = VARIANT | (RANDOM.nextLong() & RANDOM_B_MASK);
    return new UUID(high, low).toString();
  }
}
