package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what other processes bring about. */
final class Await {
  /** Long enough for a loaded machine and for a dead path to be noticed. */
  static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private Await() {
  }

  interface Condition {
    boolean holds() throws IOException;
  }

  interface Report {
    String text() throws IOException;
  }

  static void until(String what, Condition condition, Report report) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      if (Instant.now().isAfter(end)) {
        throw new IOException(
            "within " + PATIENCE.toSeconds() + " s it did not happen that " + what + ":\n" + report.text());
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /** Something must stay as it is for so long: the one kind of waiting that cannot end early. */
  static void whileHolds(String what, Duration time, Condition condition, Report report) throws IOException {
    Instant end = Instant.now().plus(time);
    while (Instant.now().isBefore(end)) {
      if (!condition.holds()) {
        throw new IOException("it was not so that " + what + ":\n" + report.text());
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }
}
