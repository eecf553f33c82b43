package dev.sallyport.server.app.command;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import dev.sallyport.server.backup.Progress;

/** Tells whoever waits at a terminal, now and then. */
final class ProgressLine implements Progress {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int MEBI = 1 << 20;

  private final PrintStream to;
  private final InstantSource clock;
  private final boolean wanted;
  private Instant next;

  ProgressLine(PrintStream to, InstantSource clock, boolean wanted) {
    this.to = to;
    this.clock = clock;
    this.wanted = wanted;
    this.next = clock.instant().plus(EVERY);
  }

  @Override
  public void at(long rows, long files, long bytes) {
    if (wanted && !clock.instant().isBefore(next)) {
      next = clock.instant().plus(EVERY);
      to.println("  " + rows + " rows, " + files + " files, " + bytes / MEBI + " MiB");
    }
  }
}
