package dev.sallyport.operation.event;

import java.time.Instant;
import java.util.Locale;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.EventOperation;

/**
 * Something that was noted. All of it is somebody's text.
 *
 * @param at when
 * @param source who noted it
 * @param level how grave it is, a word of {@link EventOperation.Level}, or empty if that was not noted
 * @param text what, cut at {@link #MAX_TEXT_LENGTH}
 */
record Event(Instant at, String source, String level, String text) {
  static final int MAX_TEXT_LENGTH = 4000;
  private static final int MAX_SOURCE_LENGTH = 255;

  Event {
    source = cut(source, MAX_SOURCE_LENGTH);
    text = cut(text, MAX_TEXT_LENGTH);
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }

  /** Whether it is asked for, as far as time and text say. */
  boolean isAskedFor(EventOperation.Read read) {
    return !at.isBefore(read.since()) && !at.isAfter(read.until())
        && (read.text().isEmpty() || text.toLowerCase(Locale.ROOT).contains(read.text().toLowerCase(Locale.ROOT)));
  }

  JsonObject toJson() {
    return JsonObject.builder().put("atMs", at).put("source", source).put("level", level).put("text", text).build();
  }
}
