package dev.sallyport.server.event;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One watcher's view of one directive: whether something has changed since it last looked. Costs the same however much has. */
public final class DirectiveWatch implements AutoCloseable {
  private final Consumer<DirectiveWatch> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  // Guarded by the lock.
  private boolean changed;

  DirectiveWatch(Consumer<DirectiveWatch> onClose) {
    this.onClose = onClose;
  }

  /** Waits for a change, at most so long; answers whether there was one since the last call. */
  public boolean take(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (!changed && left > 0) {
        left = news.awaitNanos(left);
      }
      boolean was = changed;
      changed = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  void change() {
    lock.lock();
    try {
      changed = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    onClose.accept(this);
  }
}
