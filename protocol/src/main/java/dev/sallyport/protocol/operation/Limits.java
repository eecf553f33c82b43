package dev.sallyport.protocol.operation;

import java.time.Duration;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/**
 * How far a process may go before the agent stops it.
 *
 * @param time longest run time, in whole milliseconds, at most {@link #MAX_TIME}; then the process tree is ended and the
 *   outcome is {@link Outcome#EXPIRED}
 * @param outputBytes most bytes of standard output and standard error together that are kept, at most {@link
 *   #MAX_OUTPUT_BYTES}; the rest is read and dropped, and the result says so
 */
public record Limits(Duration time, long outputBytes) {
  /** Longest run time that can be asked for. */
  public static final Duration MAX_TIME = Duration.ofHours(24);

  /** Most output that can be asked for: 64 MiB. */
  public static final long MAX_OUTPUT_BYTES = 64L << 20;

  /** Ten minutes and 4 MiB. */
  public static final Limits DEFAULT = new Limits(Duration.ofMinutes(10), 4L << 20);

  /** Refuses limits out of range. */
  public Limits {
    if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(MAX_TIME) > 0 || !inMillis(time)) {
      throw new ProtocolException("time limit: expected whole milliseconds from 1 ms to 24 h");
    }
    if (outputBytes < 0 || outputBytes > MAX_OUTPUT_BYTES) {
      throw new ProtocolException("output limit: expected 0 to " + MAX_OUTPUT_BYTES + " bytes, found " + outputBytes);
    }
  }

  /** Durations travel as whole milliseconds; what would be rounded is refused instead. */
  static boolean inMillis(Duration time) {
    return time.equals(Duration.ofMillis(time.toMillis()));
  }

  JsonObject toJson() {
    return JsonObject.builder().put("timeMs", time.toMillis()).put("outputBytes", outputBytes).build();
  }

  static Limits fromJson(JsonObject json) {
    json.onlyFields("timeMs", "outputBytes");
    return new Limits(Duration.ofMillis(json.integer("timeMs", 1, MAX_TIME.toMillis())),
        json.integer("outputBytes", 0, MAX_OUTPUT_BYTES));
  }
}
