package dev.sallyport.testing;

import java.time.Duration;
import java.time.Instant;

/** Both kinds of clock in one, standing still until a test moves it. Safe for use by many threads. */
public final class ManualClock {
  private static final Instant BEGINNING = Instant.parse("2026-11-21T12:00:00Z");

  private Instant now;
  private long nanoTime;

  /** A clock that shows noon of a day in 2026. */
  public ManualClock() {
    this(BEGINNING);
  }

  /** A clock that shows this time. */
  public ManualClock(Instant now) {
    this.now = now;
  }

  /** The time of day. */
  public synchronized Instant now() {
    return now;
  }

  /** Nanoseconds of a clock that only moves forward, from zero. */
  public synchronized long nanoTime() {
    return nanoTime;
  }

  /** Lets time pass. */
  public synchronized void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time passes forward; to turn the time of day back, use jump");
    }
    now = now.plus(time);
    nanoTime += time.toNanos();
  }

  /** Sets the time of day, forward or back; the other clock does not notice. */
  public synchronized void jump(Duration difference) {
    now = now.plus(difference);
  }
}
