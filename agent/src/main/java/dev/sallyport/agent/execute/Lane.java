package dev.sallyport.agent.execute;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** So many at once, so many waiting in the order they came, nobody beyond. */
final class Lane {
  private final Semaphore places;
  private final AtomicInteger inside = new AtomicInteger();
  private final int most;

  Lane(int atOnce, int queued) {
    this.places = new Semaphore(atOnce, true);
    this.most = atOnce + queued;
  }

  /** Takes a number in the queue; false if it is full. Whoever got true must {@link #leave}. */
  boolean enter() {
    if (inside.incrementAndGet() > most) {
      inside.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    inside.decrementAndGet();
  }

  /** Waits for its turn. */
  void begin() throws InterruptedException {
    places.acquire();
  }

  void end() {
    places.release();
  }
}
