package dev.sallyport.server.directive;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The preference {@code wait} of a request (RFC 7240, 4.3): how long its sender would wait for the end of what it orders. */
final class WaitPreference {
  /** Longest time a request is held; shorter than any time-out on its way. */
  static final Duration MAX = Duration.ofSeconds(20);

  private static final Pattern WAIT = Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(?:$|[,;])",
      Pattern.CASE_INSENSITIVE);

  private WaitPreference() {
  }

  /** The time in a {@code Prefer} header, at most {@link #MAX}; empty if there is none, as a preference not understood is to be ignored. */
  static Optional<Duration> of(String header) {
    Matcher wait = WAIT.matcher(header);
    if (!wait.find()) {
      return Optional.empty();
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(wait.group(1)));
    return Optional.of(asked.compareTo(MAX) < 0 ? asked : MAX);
  }
}
