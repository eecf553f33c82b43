package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.session.stream.SessionClosedException.Reason;

/** What the passing of time does to a session: one tick, run under the session's lock. */
final class Ticker implements Runnable {
  private final SessionState state;
  private final long now;
  private final RandomGenerator random;
  private boolean rehandshakeDue;
  private long next;

  Ticker(SessionState state, long now, RandomGenerator random) {
    this.state = state;
    this.now = now;
    this.random = random;
    next = now + KeyLimits.STANDARD.rekeyAfter().toNanos();
  }

  @Override
  public void run() {
    if (!state.phase().streaming()) {
      return;
    }
    Keepalive keepalive = state.keepalive;
    switch (keepalive.tick(now, random)) {
      case QUIET -> {
      }
      case PING -> state.queue.control(new Frame.Ping(now));
      case SILENT -> state.end(new SessionClosedException(Reason.PEER_SILENT, "the peer was not heard for too long"));
    }
    next = keepalive.due();
    boolean due = state.keys.tick(now);
    switch (state.role()) {
      case AGENT -> rehandshakeDue = due;
      case SERVER -> {
        if (state.keys.overdue(now)) {
          state.goAway(GoAwayCode.POLICY, Duration.ZERO);
        }
      }
    }
  }

  /** Whether the agent should start a rehandshake now. */
  boolean rehandshakeDue() {
    return rehandshakeDue && !state.phase().over();
  }

  /** When there is something to do next. */
  long next() {
    return next;
  }
}
