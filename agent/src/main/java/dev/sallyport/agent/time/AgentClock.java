package dev.sallyport.agent.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The machine's clocks, and waiting on them. */
public interface AgentClock extends InstantSource {
  /** Nanoseconds of a clock that only moves forward; only differences mean anything. */
  long nanoTime();

  /** Waits so long. */
  void pause(Duration time) throws InterruptedException;

  /** This machine's own. */
  static AgentClock system() {
    return new AgentClock() {
      private final ReentrantLock lock = new ReentrantLock();
      private final Condition never = lock.newCondition();

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
        lock.lockInterruptibly();
        try {
          long left = time.toNanos();
          while (left > 0) {
            left = never.awaitNanos(left);
          }
        } finally {
          lock.unlock();
        }
      }
    };
  }
}
