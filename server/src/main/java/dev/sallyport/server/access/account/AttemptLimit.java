package dev.sallyport.server.access.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts attempts per key over a sliding window. An attempt counts from its beginning, so that many at once cannot slip
 * through before the first has failed; success takes it back. What is counted is bounded: the keys longest untouched are
 * forgotten first.
 */
final class AttemptLimit {

  /** Keys remembered at once. */
  static final int MAX_KEYS = 50_000;

  private final int limit;
  private final Duration window;
  private final InstantSource clock;
  // Guarded by this object.
  private final LinkedHashMap<String, ArrayDeque<Instant>> attempts = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, ArrayDeque<Instant>> eldest) {
      return size() > MAX_KEYS;
    }
  };

  /** @param limit attempts that may fail within {@code window} */
  AttemptLimit(int limit, Duration window, InstantSource clock) {
    this.limit = limit;
    this.window = window;
    this.clock = clock;
  }

  /** Counts an attempt and returns zero, or counts nothing and returns how long to wait for the next. */
  synchronized Duration begin(String key) {
    Instant now = clock.instant();
    var past = attempts.computeIfAbsent(key, k -> new ArrayDeque<>());
    Instant horizon = now.minus(window);
    while (!past.isEmpty() && !past.getFirst().isAfter(horizon)) {
      past.removeFirst();
    }
    if (past.size() >= limit) {
      return Duration.between(horizon, past.getFirst());
    }
    past.addLast(now);
    return Duration.ZERO;
  }

  /** The last attempt succeeded or was none: it does not count. */
  synchronized void takeBack(String key) {
    var past = attempts.get(key);
    if (past != null) {
      past.pollLast();
      if (past.isEmpty()) {
        attempts.remove(key);
      }
    }
  }

  /** Forgets all attempts of the key. */
  synchronized void forgive(String key) {
    attempts.remove(key);
  }
}
