package dev.sallyport.server.event;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One watcher's view of the feed: what has changed since it last looked. */
public final class ChangeWatch implements AutoCloseable {
  /** Names kept for a watcher that does not look; then it is {@link #overrun}. */
  static final int MAX_NAMES = 50_000;

  private final Consumer<ChangeWatch> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by the lock.
  private Set<String> machines = new LinkedHashSet<>();
  private Set<String> directives = new LinkedHashSet<>();
  private boolean overrun;

  ChangeWatch(Consumer<ChangeWatch> onClose) {
    this.onClose = onClose;
  }

  /** What has changed: ids, each once, in the order of their first change. */
  public record Changes(Set<String> machines, Set<String> directives) {
    /** Whether nothing has changed. */
    public boolean isEmpty() {
      return machines.isEmpty() && directives.isEmpty();
    }
  }

  /** Waits for changes, at most so long, and takes all there are; empty if there were none. */
  public Changes take(Duration atMost) throws InterruptedException {
    return take(atMost, Duration.ZERO);
  }

  /**
   * As above, and after the first change waits for others to come along.
   *
   * @param gather how long to wait for company
   */
  public Changes take(Duration atMost, Duration gather) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (nothing() && left > 0) {
        left = changed.awaitNanos(left);
      }
      left = nothing() ? 0 : gather.toNanos();
      while (left > 0 && !overrun) {
        left = changed.awaitNanos(left);
      }
      var taken = new Changes(machines, directives);
      machines = new LinkedHashSet<>();
      directives = new LinkedHashSet<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Whether more changed than is kept for a watcher: it has missed something and must begin anew. */
  public boolean overrun() {
    lock.lock();
    try {
      return overrun;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    onClose.accept(this);
  }

  void machine(String id) {
    add(id, true);
  }

  void directive(String id) {
    add(id, false);
  }

  private boolean nothing() {
    return machines.isEmpty() && directives.isEmpty() && !overrun;
  }

  private void add(String id, boolean isMachine) {
    lock.lock();
    try {
      Set<String> names = isMachine ? machines : directives;
      if (names.size() < MAX_NAMES) {
        names.add(id);
      } else if (!names.contains(id)) {
        overrun = true;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
