package dev.sallyport.dialog;

import java.time.Duration;

/**
 * Until when there is time, by a clock that nobody sets.
 *
 * @param nanos in the time of {@link System#nanoTime}
 */
record Deadline(long nanos) {
  static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** What is left, at least nothing. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /** What is left for people: {@code 1:05}, or {@code 2:00:00}. */
  static String words(Duration left) {
    long seconds = left.plusMillis(999).toSeconds();
    String minutesAndSeconds = seconds % 3600 / 60 + ":" + (seconds % 60 < 10 ? "0" : "") + seconds % 60;
    if (seconds < 3600) {
      return minutesAndSeconds;
    }
    return seconds / 3600 + ":" + (minutesAndSeconds.indexOf(':') < 2 ? "0" : "") + minutesAndSeconds;
  }
}
