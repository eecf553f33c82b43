package dev.sallyport.server.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * A log of what strangers can cause as often as they like: a bounded number of lines in a minute, and with the next line how many more there
 * were. So an attack shows, and does not fill the disk.
 */
public final class ThrottledLog {
  /** Lines in a minute. */
  public static final int MAX_LINES = 30;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Consumer<String> log;
  private final InstantSource clock;
  // Guarded by this object.
  private Instant begun = Instant.EPOCH;
  private int lines;
  private long unwritten;

  /** @param log takes lines that are already fit for a log */
  public ThrottledLog(Consumer<String> log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Writes a line, or counts it. */
  public void line(String text) {
    String written = admit(text);
    if (!written.isEmpty()) {
      log.accept(written);
    }
  }

  private synchronized String admit(String text) {
    Instant now = clock.instant();
    if (now.isBefore(begun) || !now.isBefore(begun.plus(WINDOW))) {
      begun = now;
      lines = 0;
    }
    if (lines >= MAX_LINES) {
      unwritten++;
      return "";
    }
    lines++;
    String more = unwritten == 0 ? "" : " (" + unwritten + " more before it were not written)";
    unwritten = 0;
    return text + more;
  }
}
