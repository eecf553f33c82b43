package dev.sallyport.agent.fake;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for something another thread brings about. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Await() {
  }

  /** Returns when it is true; fails if it does not become so in time. */
  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("within " + PATIENCE.toSeconds() + " s it did not happen that " + what);
      }
      LockSupport.parkNanos(500_000);
    }
  }
}
