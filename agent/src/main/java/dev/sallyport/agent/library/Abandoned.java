package dev.sallyport.agent.library;

import java.util.ArrayList;
import java.util.List;

/** Threads of calls that were given up and have not ended yet. */
final class Abandoned {
  /** Most of them. */
  static final int MAX = 8;

  private final List<Thread> threads = new ArrayList<>();

  synchronized void add(Thread thread) {
    threads.add(thread);
  }

  synchronized boolean full() {
    threads.removeIf(thread -> !thread.isAlive());
    return threads.size() >= MAX;
  }
}
