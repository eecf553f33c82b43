package dev.sallyport.server.audit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a piece of work after it was woken, never more often than once in a while, on a thread of its own. Costs nothing while nothing happens. */
final class Periodic implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Periodic.class);

  private final Duration every;
  private final Runnable work;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by the lock.
  private boolean woken = true;
  private boolean closed;

  /** @param work handles its own failures that can be expected */
  Periodic(String name, Duration every, Runnable work) {
    this.every = every;
    this.work = work;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** There is something to do. Never blocks for long. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Does what there is to do once more and ends. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (await()) {
        try {
          work.run();
        } catch (RuntimeException e) {
          LOG.error("{} failed; it is tried again", thread.getName(), e);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("nobody interrupts this thread; it ends by close()", e);
    }
  }

  /** Waits to be woken, then for the rest of the while; false once closed and there is nothing to do. */
  private boolean await() throws InterruptedException {
    lock.lock();
    try {
      while (!woken && !closed) {
        changed.await();
      }
      long left = every.toNanos();
      while (left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      boolean due = woken;
      woken = false;
      return due;
    } finally {
      lock.unlock();
    }
  }
}
