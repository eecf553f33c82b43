package dev.sallyport.server.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The bounded queue before the writer: whoever comes when it is full waits a while for a place (back-pressure). */
final class Intake {

  /** Units of work that may wait at once; more callers than this wait for a place instead. */
  static final int MAX_WAITING = 8_192;

  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition freed = lock.newCondition();
  /** Guarded by {@link #lock}, like {@link #closed}. */
  private final ArrayDeque<UnitOfWork<?>> waiting = new ArrayDeque<>();
  private boolean closed;

  /** @param patience how long a caller may wait for a place before it is told that the store is overloaded */
  Intake(Duration patience) {
    this.patience = patience;
  }

  /** Puts a unit at the end of the queue. */
  void add(UnitOfWork<?> unit) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (waiting.size() >= MAX_WAITING && !closed) {
        if (left <= 0) {
          throw new StoreUnavailableException("The store is overloaded: " + MAX_WAITING
              + " changes wait for the disk. Repeat the request in a minute; if this lasts, the disk or the database is slow.");
        }
        left = freed.awaitNanos(left);
      }
      if (closed) {
        throw closing();
      }
      waiting.add(unit);
      filled.signal();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("The request was given up while the store was overloaded.", e);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for work and moves up to {@code max} units into {@code batch}; leaves it empty once closed and drained. */
  void take(List<UnitOfWork<?>> batch, int max) {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        filled.awaitUninterruptibly();
      }
      while (batch.size() < max && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more; what waits is still taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  static StoreUnavailableException closing() {
    return new StoreUnavailableException("The server is shutting down. Repeat the request when it is back.");
  }
}
