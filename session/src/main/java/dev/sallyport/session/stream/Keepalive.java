package dev.sallyport.session.stream;

import module java.base;

/**
 * Whether the peer is still there. The agent asks at every interval, give or take a fifth so that a fleet does not
 * breathe in step; whatever it hears, an answer or anything else, counts as life. What is not answered is asked again
 * soon: a dead path is noticed within two intervals, and a lost moment does not end a link. The server does not ask: it
 * knows how often an agent must be heard. Guarded by the session's lock.
 */
final class Keepalive {
  /** What a tick asks for. */
  enum Verdict {
    QUIET, PING, SILENT
  }

  private static final double JITTER = 0.2;
  /** An agent waits this part of its interval for an answer before it asks again; the slowest exchange of files needs less than three. */
  private static final double PATIENCE = 0.25;
  /** A server looks as often as this part of the interval; three such windows outlast a late ping and its repetitions, so that the agent gives up first. */
  private static final double WINDOW = 0.7;
  private static final int MAX_SILENT_WINDOWS = 3;

  private final Role role;
  private final long interval;
  private boolean started;
  private boolean heard;
  private int unanswered;
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
      due = now + switch (role) {
        case AGENT -> nextPing(random);
        case SERVER -> part(WINDOW);
      };
      return Verdict.QUIET;
    }
    if (now - due < 0) {
      return Verdict.QUIET;
    }
    return switch (role) {
      case AGENT -> ask(now, random);
      case SERVER -> listen(now);
    };
  }

  private Verdict ask(long now, RandomGenerator random) {
    if (unanswered > 0 && heard) {
      unanswered = 0;
      due = now + nextPing(random) - part(PATIENCE); // counted from the ping
      return Verdict.QUIET;
    }
    if (unanswered == SessionLimits.MAX_MISSED_PINGS) {
      return Verdict.SILENT;
    }
    unanswered++;
    heard = false;
    due = now + part(PATIENCE);
    return Verdict.PING;
  }

  private Verdict listen(long now) {
    unanswered = heard ? 0 : unanswered + 1;
    heard = false;
    due = now + part(WINDOW);
    return unanswered == MAX_SILENT_WINDOWS ? Verdict.SILENT : Verdict.QUIET;
  }

  /** When the next tick has something to do, in the clock's nanoseconds; meaningful after the first tick. */
  long due() {
    return due;
  }

  private long nextPing(RandomGenerator random) {
    return interval + (long) (interval * JITTER * (2 * random.nextDouble() - 1));
  }

  private long part(double share) {
    return (long) (interval * share);
  }
}
