package dev.sallyport.protocol.channel;

import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/**
 * How an agent keeps in touch, decided per site and pushed by the server (K2).
 *
 * @param checkIn time between two signs of life, in whole seconds, from {@link #MIN_CHECK_IN} to {@link #MAX_CHECK_IN}
 * @param firstRetry upper bound of the first random pause after a failed dial, in whole milliseconds, at least {@link
 *   #MIN_RETRY}
 * @param lastRetry upper bound that the doubling of pauses ends at, at least {@code firstRetry}, at most {@link #MAX_RETRY}
 * @param transports words of transports that are tried before all others, in this order (K4); at most {@link #MAX_TRANSPORTS}
 */
public record AgentPolicy(Duration checkIn, Duration firstRetry, Duration lastRetry, List<String> transports) {
  /** Shortest check-in interval. */
  public static final Duration MIN_CHECK_IN = Duration.ofSeconds(1);

  /** Longest check-in interval. */
  public static final Duration MAX_CHECK_IN = Duration.ofSeconds(60);

  /** Shortest pause: no server may make its agents hammer it. */
  public static final Duration MIN_RETRY = Duration.ofMillis(100);

  /** Longest pause: no server may lose its agents by a typing error. */
  public static final Duration MAX_RETRY = Duration.ofHours(1);

  /** Most transports that are named. */
  public static final int MAX_TRANSPORTS = 16;

  /** Words of the transports there are, best first. An agent passes over those it does not know. */
  public static final List<String> TRANSPORTS = List.of("websocket", "tls", "https-poll", "tcp", "http-poll", "ftp");

  private static final int MAX_WORD_LENGTH = 32;

  /** Check in every 30 s; pause 1 s at first, 300 s at most. */
  public static final AgentPolicy DEFAULT = new AgentPolicy(Duration.ofSeconds(30), Duration.ofSeconds(1),
      Duration.ofSeconds(300));

  /** Refuses values out of range. */
  public AgentPolicy {
    require("check-in interval", checkIn, MIN_CHECK_IN, MAX_CHECK_IN);
    require("first retry", firstRetry, MIN_RETRY, MAX_RETRY);
    require("last retry", lastRetry, firstRetry, MAX_RETRY);
    if (!checkIn.equals(Duration.ofSeconds(checkIn.toSeconds()))) {
      throw new ProtocolException("check-in interval: expected whole seconds, found " + checkIn);
    }
    if (transports.size() > MAX_TRANSPORTS) {
      throw new ProtocolException("transports: expected at most " + MAX_TRANSPORTS + ", found " + transports.size());
    }
    transports.forEach(word -> PlainText.requireNonEmpty("transport", word, MAX_WORD_LENGTH));
    transports = List.copyOf(transports);
  }

  /** The usual order of transports. */
  public AgentPolicy(Duration checkIn, Duration firstRetry, Duration lastRetry) {
    this(checkIn, firstRetry, lastRetry, List.of());
  }

  /** Returns the form it travels in. */
  public JsonObject toJson() {
    return putInto(JsonObject.builder()).build();
  }

  JsonObject.Builder putInto(JsonObject.Builder json) {
    json.put("checkInSeconds", checkIn.toSeconds()).put("firstRetryMs", firstRetry.toMillis())
        .put("lastRetryMs", lastRetry.toMillis());
    return transports.isEmpty() ? json : json.putStrings("transports", transports);
  }

  /**
   * Reads the form it travels in.
   *
   * @throws ProtocolException if it is anything else
   */
  public static AgentPolicy fromJson(JsonObject json) {
    return takeFrom(json.onlyFields("checkInSeconds", "firstRetryMs", "lastRetryMs", "transports"));
  }

  static AgentPolicy takeFrom(JsonObject json) {
    long longest = MAX_RETRY.toMillis();
    long shortest = MIN_RETRY.toMillis();
    return new AgentPolicy(
        Duration.ofSeconds(json.integer("checkInSeconds", MIN_CHECK_IN.toSeconds(), MAX_CHECK_IN.toSeconds())),
        Duration.ofMillis(json.integer("firstRetryMs", shortest, longest)),
        Duration.ofMillis(json.integer("lastRetryMs", shortest, longest)),
        json.has("transports") ? json.strings("transports", MAX_TRANSPORTS, MAX_WORD_LENGTH) : List.of());
  }

  private static void require(String what, Duration found, Duration min, Duration max) {
    if (found.compareTo(min) < 0 || found.compareTo(max) > 0 || !found.equals(Duration.ofMillis(found.toMillis()))) {
      throw new ProtocolException(
          what + ": expected whole milliseconds from " + min + " to " + max + ", found " + found);
    }
  }
}
