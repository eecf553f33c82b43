package dev.sallyport.transport.socket;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The moment by which a connection must have come about, for all its steps and all sockets it takes. */
public final class Deadline {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long atNanos;

  private Deadline(long atNanos) {
    this.atNanos = atNanos;
  }

  /** So long from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /**
   * Milliseconds left, at least one.
   *
   * @throws SocketTimeoutException if none are
   */
  public int remainingMillis() throws SocketTimeoutException {
    long left = (atNanos - System.nanoTime()) / NANOS_PER_MILLI;
    if (left <= 0) {
      throw new SocketTimeoutException("the time to connect is over");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}
