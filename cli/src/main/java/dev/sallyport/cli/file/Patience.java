package dev.sallyport.cli.file;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import dev.sallyport.cli.output.Terminal;

/** Waits ever longer for a server that stays away, as long as nothing goes on. */
final class Patience {
  private static final Duration MOST = Duration.ofMinutes(5);
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Terminal terminal;
  private Duration pause = FIRST;
  private Duration waited = Duration.ZERO;
  private long best = -1;

  Patience(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Waits a while after a cut.
   *
   * @param reached how far it has come; where that is further than ever, patience begins anew
   * @return false if it is over
   */
  boolean afterCutAt(long reached) {
    if (reached > best) {
      best = reached;
      pause = FIRST;
      waited = Duration.ZERO;
      terminal.note("The connection to the server broke off; going on where it ended.");
    }
    if (waited.compareTo(MOST) > 0) {
      return false;
    }
    LockSupport.parkNanos(pause.toNanos());
    waited = waited.plus(pause);
    pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    return true;
  }
}
