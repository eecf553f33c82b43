package dev.sallyport.agent.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/** The machine's clocks, and waiting on them. */
public interface AgentClock extends InstantSource {
  /** Nanoseconds of a clock that only moves forward; only differences mean anything. */
  long nanoTime();

  /** Waits so long. */
  void pause(Duration time) throws InterruptedException;

  /** This machine's own. */
  static AgentClock system() {
    return new AgentClock() {
      @Override
      public Instant instant() {
        return Instant.now();
      }

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          LockSupport.parkNanos(left);
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    };
  }
}
