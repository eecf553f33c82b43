package dev.sallyport.transport.ftp.exchange;

import java.time.Duration;

/**
 * How often to look for files. While something goes on, {@value #FAST_MILLIS} ms: what one person waits for at a terminal; when nothing has
 * moved for {@value #LIVELY_MILLIS} ms, ever more rarely, to at most {@link #slowest}. At the slowest, a keepalive's question and its answer
 * still need less than the 18 s together in which three of them may stay unanswered (a side that wrote looks fast for the answer).
 */
public final class Pace {
  /** Between looks while something goes on. */
  public static final int FAST_MILLIS = 250;
  /** How long something is held to go on after the last thing that moved. */
  public static final int LIVELY_MILLIS = 5_000;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int GROWTH_PARTS = 2; // each wait is longer by one part of so many

  private final Duration slowest;
  private long lastMoved = System.nanoTime();
  private long wait = FAST_MILLIS;

  /** @param slowest the longest wait between two looks */
  public Pace(Duration slowest) {
    this.slowest = slowest;
  }

  /** The longest wait between two looks. */
  public Duration slowest() {
    return slowest;
  }

  /** Something moved. */
  void moved() {
    lastMoved = System.nanoTime();
    wait = Math.min(FAST_MILLIS, slowest.toMillis());
  }

  /** Milliseconds until the next look, if nothing happens before. */
  long next() {
    if (System.nanoTime() - lastMoved > LIVELY_MILLIS * NANOS_PER_MILLI) {
      wait = Math.min(wait + wait / GROWTH_PARTS, slowest.toMillis());
    }
    return Math.max(1, wait);
  }
}
