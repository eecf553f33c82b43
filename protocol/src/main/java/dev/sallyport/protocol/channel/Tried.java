package dev.sallyport.protocol.channel;

import java.time.Duration;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/**
 * One way to the server that an agent tried, and what came of it (K4).
 *
 * @param transport the binding's word
 * @param address the server's door
 * @param route the route over which it worked, or the empty text
 * @param failure why it did not work, and what to do; the empty text if it did
 * @param took how long it took, in whole milliseconds
 */
public record Tried(String transport, String address, String route, String failure, Duration took) {
  /** Most characters of a word, an address or a route. */
  public static final int MAX_TEXT_LENGTH = 255;
  /** Most characters of a reason. */
  public static final int MAX_FAILURE_LENGTH = 300;

  private static final Duration LONGEST = Duration.ofDays(1);

  /** Checks, and cuts the time to whole milliseconds. */
  public Tried {
    PlainText.requireNonEmpty("transport", transport, MAX_TEXT_LENGTH);
    PlainText.requireNonEmpty("address", address, MAX_TEXT_LENGTH);
    PlainText.require("route", route, MAX_TEXT_LENGTH);
    PlainText.require("failure", failure, MAX_FAILURE_LENGTH);
    took = Duration.ofMillis(took.toMillis());
    if (took.isNegative() || took.compareTo(LONGEST) > 0) {
      throw new ProtocolException("tookMs: expected 0 to " + LONGEST.toMillis() + ", found " + took.toMillis());
    }
  }

  /** One that worked. */
  public static Tried worked(String transport, String address, String route, Duration took) {
    return new Tried(clean(transport), clean(address), clean(route), "", took);
  }

  /** One that did not. */
  public static Tried failed(String transport, String address, String why, Duration took) {
    String failure = PlainText.clean(why, MAX_FAILURE_LENGTH);
    return new Tried(clean(transport), clean(address), "", failure.isEmpty() ? "it failed" : failure, took);
  }

  private static String clean(String text) {
    return PlainText.clean(text, MAX_TEXT_LENGTH);
  }

  /** Whether this is the way that was taken. */
  public boolean worked() {
    return failure.isEmpty();
  }

  /** Returns the form it travels in. */
  public JsonObject toJson() {
    return JsonObject.builder().put("transport", transport).put("address", address).put("route", route)
        .put("failure", failure).put("tookMs", took.toMillis()).build();
  }

  /**
   * Reads the form it travels in.
   *
   * @throws ProtocolException if it is anything else
   */
  public static Tried fromJson(JsonObject json) {
    json.onlyFields("transport", "address", "route", "failure", "tookMs");
    return new Tried(json.string("transport", MAX_TEXT_LENGTH), json.string("address", MAX_TEXT_LENGTH),
        json.string("route", MAX_TEXT_LENGTH), json.string("failure", MAX_FAILURE_LENGTH),
        Duration.ofMillis(json.integer("tookMs", 0, LONGEST.toMillis())));
  }
}
