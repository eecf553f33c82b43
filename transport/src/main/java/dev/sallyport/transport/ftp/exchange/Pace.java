package dev.sallyport.transport.ftp.exchange;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often to look for files. At once when something has just moved, {@value #QUICK_MILLIS} ms and doubling, since much more is likely to
 * follow; then every {@value #FAST_MILLIS} ms: what one person waits for at a terminal; when nothing has moved for {@value #LIVELY_MILLIS}
 * ms, ever more rarely, to at most {@link #slowest}. A keepalive leaves its questions and answers twice that time (a side that wrote looks
 * fast for the answer).
 */
public final class Pace {
  /** Before the first look after something moved. */
  public static final int QUICK_MILLIS = 10;
  /** Between looks while something goes on. */
  public static final int FAST_MILLIS = 250;
  /** How long something is held to go on after the last thing that moved. */
  public static final int LIVELY_MILLIS = 5_000;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int GROWTH_PARTS = 2; // when nothing goes on, each wait is longer by one part of so many

  private final Duration slowest;
  private final LongSupplier nanoTime;
  private long lastMoved;
  private long wait = QUICK_MILLIS;

  /** @param slowest the longest wait between two looks */
  public Pace(Duration slowest) {
    this(slowest, System::nanoTime);
  }

  Pace(Duration slowest, LongSupplier nanoTime) {
    this.slowest = slowest;
    this.nanoTime = nanoTime;
    this.lastMoved = nanoTime.getAsLong();
  }

  /** The longest wait between two looks. */
  public Duration slowest() {
    return slowest;
  }

  /** Something moved. */
  void moved() {
    lastMoved = nanoTime.getAsLong();
    wait = QUICK_MILLIS;
  }

  /** Milliseconds until the next look, if nothing happens before. */
  long next() {
    long now = Math.min(wait, slowest.toMillis());
    boolean lively = nanoTime.getAsLong() - lastMoved <= LIVELY_MILLIS * NANOS_PER_MILLI;
    wait = lively ? Math.min(2 * wait, FAST_MILLIS) : Math.min(wait + wait / GROWTH_PARTS, slowest.toMillis());
    return Math.max(1, now);
  }
}
