package dev.sallyport.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition of another thread, with a deadline. */
public final class Waiting {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private Waiting() {
  }

  /** Returns when the condition holds; fails the test at the deadline. */
  public static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plus(DEADLINE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("the condition did not come true within " + DEADLINE);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
