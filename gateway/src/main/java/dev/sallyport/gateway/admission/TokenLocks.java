package dev.sallyport.gateway.admission;

import java.time.Duration;
import java.util.Map;

import dev.sallyport.protocol.Bytes;

/**
 * Locks enrolment tokens whose secret somebody guesses at. Failures are counted for tokens that exist only, so strangers
 * cannot fill the table. A lock is released by time alone.
 */
final class TokenLocks {
  private static final int MAX_TOKENS = 16_384;

  private final int failures;
  private final Duration lock;
  private final Map<Bytes, Guesses> byToken = new BoundedMap<>(MAX_TOKENS);

  TokenLocks(int failures, Duration lock) {
    this.failures = failures;
    this.lock = lock;
  }

  synchronized boolean locked(Bytes tokenId, long nanoTime) {
    Guesses guesses = byToken.get(tokenId);
    if (guesses == null || guesses.count < failures) {
      return false;
    }
    if (nanoTime - guesses.lockedAt < lock.toNanos()) {
      return true;
    }
    byToken.remove(tokenId);
    return false;
  }

  /** Counts a wrong proof; true if the token is locked by it. */
  synchronized boolean failed(Bytes tokenId, long nanoTime) {
    Guesses guesses = byToken.computeIfAbsent(tokenId, _ -> new Guesses());
    guesses.count++;
    guesses.lockedAt = nanoTime;
    return guesses.count == failures;
  }

  private static final class Guesses {
    private int count;
    private long lockedAt;
  }
}
