package dev.sallyport.gateway.admission;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.sallyport.gateway.GatewayLimits;

/**
 * Bounds how many handshakes are computed at once, so that a storm of them leaves the processor to everybody else. A permit
 * is held for arithmetic only, never while waiting for the directory.
 */
public final class HandshakePermits {
  private final Semaphore permits;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int mostWaiting;
  private final Duration queue;

  HandshakePermits(GatewayLimits.Handshakes limits) {
    permits = new Semaphore(limits.permits(), true);
    mostWaiting = limits.waiting();
    queue = limits.queue();
  }

  /** Too many handshakes wait, or waited too long: the answer is BUSY. */
  public static final class BusyException extends Exception {
    private static final long serialVersionUID = 1L;

    BusyException() {
      super("more handshakes than this server can compute");
    }
  }

  /** Begins a handshake's arithmetic, after waiting for a permit as long as the limits say. */
  public <T> T first(Supplier<T> arithmetic) throws BusyException, InterruptedException {
    if (waiting.incrementAndGet() > mostWaiting) {
      waiting.decrementAndGet();
      throw new BusyException();
    }
    try {
      if (!permits.tryAcquire(queue.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new BusyException();
      }
    } finally {
      waiting.decrementAndGet();
    }
    return holding(arithmetic);
  }

  /** Goes on with a handshake that had a permit before: it comes before those that wait for their first. */
  public <T> T next(Supplier<T> arithmetic) throws InterruptedException {
    if (!permits.tryAcquire()) {
      permits.acquire();
    }
    return holding(arithmetic);
  }

  private <T> T holding(Supplier<T> arithmetic) {
    try {
      return arithmetic.get();
    } finally {
      permits.release();
    }
  }
}
