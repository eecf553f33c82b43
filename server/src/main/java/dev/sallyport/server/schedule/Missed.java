package dev.sallyport.server.schedule;

import java.util.Locale;

import dev.sallyport.protocol.json.JsonObject;

/** What becomes of a time at which the server did not run. */
public enum Missed {
  /** Nothing; the schedule goes on with its next time. */
  SKIP,
  /** The order is given once as soon as the server runs, however many times were missed. */
  RUN_ONCE;

  /** The word of the API and the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Missed ofWord(JsonObject json, String word) {
    for (Missed missed : values()) {
      if (missed.word().equals(word)) {
        return missed;
      }
    }
    throw json.refused("missed", "expected skip or run-once");
  }
}
