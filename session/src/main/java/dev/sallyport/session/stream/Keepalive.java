package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.session.pace.KeepalivePace;

/**
 * Whether the peer is still there. Whatever is heard is life, and a path that lives is not asked. When an agent has heard nothing for as
 * long as its pace allows, a little less at random so that a fleet does not breathe in step, it asks; what is not answered is asked again
 * soon, and when the last answer is overdue the interval is over: a dead path is noticed within it, and a lost moment does not end a
 * link. The server does not ask: it knows how often an agent must be heard. Guarded by the session's lock.
 */
final class Keepalive {
  /** What a tick asks for. */
  enum Verdict {
    QUIET, PING, SILENT
  }

  /** By so much of it a quiet time may be cut short. */
  private static final double JITTER = 0.02;
  /** A server looks as often as this part of the longest interval that an agent may have. */
  private static final int WINDOWS = 4;
  /** So many silent windows outlast the interval by a quarter, so that the agent gives up first. */
  private static final int MAX_SILENT_WINDOWS = 5;

  private final Role role;
  private KeepalivePace pace;
  private KeepalivePace next;
  private boolean started;
  private boolean heard;
  private int unanswered;
  private long due;

  Keepalive(Role role, Duration interval) {
    this.role = role;
    this.pace = new KeepalivePace(interval, KeepalivePace.ANSWER);
    this.next = pace;
  }

  /** From the next quiet time on this is the pace. */
  void pace(KeepalivePace newPace) {
    next = newPace;
  }

  /** An authentic record came. */
  void heard() {
    heard = true;
  }

  /** Time has come to {@code now}; the tick after {@link #due} matters next. */
  Verdict tick(long now, RandomGenerator random) {
    return switch (role) {
      case AGENT -> ask(now, random);
      case SERVER -> listen(now);
    };
  }

  private Verdict ask(long now, RandomGenerator random) {
    if (heard || !started) {
      started = true;
      heard = false;
      unanswered = 0;
      pace = next;
      due = now + (long) (pace.quiet().toNanos() * (1 - JITTER * random.nextDouble()));
      return Verdict.QUIET;
    }
    if (now - due < 0) {
      return Verdict.QUIET;
    }
    if (unanswered == SessionLimits.MAX_MISSED_PINGS) {
      return Verdict.SILENT;
    }
    unanswered++;
    due = now + pace.questions().toNanos() / SessionLimits.MAX_MISSED_PINGS; // from now: a machine that slept asks before it judges
    return Verdict.PING;
  }

  private Verdict listen(long now) {
    if (started && now - due < 0) {
      return Verdict.QUIET;
    }
    unanswered = heard || !started ? 0 : unanswered + 1;
    started = true;
    heard = false;
    due = now + pace.interval().toNanos() / WINDOWS;
    return unanswered == MAX_SILENT_WINDOWS ? Verdict.SILENT : Verdict.QUIET;
  }

  /** When the next tick has something to do, in the clock's nanoseconds; meaningful after the first tick. */
  long due() {
    return due;
  }
}
