package dev.sallyport.session.stream;

import module java.base;

/**
 * Whether the peer is still there. The agent asks at every interval, give or take a fifth so that a fleet does not
 * breathe in step; whatever it hears, an answer or anything else, counts as life. The server does not ask: it knows how
 * often an agent must be heard. Guarded by the session's lock.
 */
final class Keepalive {
  /** What a tick asks for. */
  enum Verdict {
    QUIET, PING, SILENT
  }

  private static final double JITTER = 0.2;

  private final Role role;
  private final long interval;
  private boolean started;
  private boolean heard = true;
  private int missed;
  private long due;

  Keepalive(Role role, Duration interval) {
    this.role = role;
    this.interval = interval.toNanos();
  }

  /** An authentic record came. */
  void heard() {
    heard = true;
  }

  /** Time has come to {@code now}; the tick after {@link #due} matters next. */
  Verdict tick(long now, RandomGenerator random) {
    if (!started) {
      started = true;
      due = now + nextWait(random);
      return Verdict.QUIET;
    }
    if (now - due < 0) {
      return Verdict.QUIET;
    }
    missed = heard ? 0 : missed + 1;
    heard = false;
    due = now + nextWait(random);
    return switch (role) {
      case AGENT -> missed >= SessionLimits.MAX_MISSED_PINGS ? Verdict.SILENT : Verdict.PING;
      case SERVER -> missed > SessionLimits.MAX_MISSED_PINGS ? Verdict.SILENT : Verdict.QUIET;
    };
  }

  /** When the next tick has something to do, in the clock's nanoseconds; meaningful after the first tick. */
  long due() {
    return due;
  }

  private long nextWait(RandomGenerator random) {
    return switch (role) {
      case AGENT -> interval + (long) (interval * JITTER * (2 * random.nextDouble() - 1));
      case SERVER -> interval + (long) (interval * JITTER); // never counts a late ping as missed
    };
  }
}
