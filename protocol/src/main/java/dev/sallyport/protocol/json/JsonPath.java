package dev.sallyport.protocol.json;

import java.util.Locale;

import dev.sallyport.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Where in a document a value stands; turned into text only when something there is refused. */
final class JsonPath {
  static final JsonPath ROOT = new JsonPath(null, "", -1);

  private static final int MAX_SHOWN_NAME = 60;

  private final @Nullable JsonPath parent;
  private final String name;
  private final int index;

  private JsonPath(@Nullable JsonPath parent, String name, int index) {
    this.parent = parent;
    this.name = name;
    this.index = index;
  }

  JsonPath field(String child) {
    return new JsonPath(this, child, -1);
  }

  JsonPath item(int child) {
    return new JsonPath(this, "", child);
  }

  ProtocolException expected(String what, Json found) {
    return new ProtocolException(describe() + ": expected " + what + ", found " + kind(found));
  }

  ProtocolException missing(String what) {
    return new ProtocolException(describe() + ": missing, expected " + what);
  }

  ProtocolException refused(String why) {
    return new ProtocolException(describe() + ": " + why);
  }

  private String describe() {
    return parent == null ? "JSON document" : "field \"" + this + "\"";
  }

  @Override
  public String toString() {
    if (parent == null) {
      return "";
    }
    if (index >= 0) {
      return parent + "[" + index + "]";
    }
    String before = parent.toString();
    return before.isEmpty() ? shown(name) : before + "." + shown(name);
  }

  /** Names may come from the other side: keep what is harmless in a log line, and not too much of it. */
  static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < name.length() && i < MAX_SHOWN_NAME; i++) {
      char c = name.charAt(i);
      boolean harmless = c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '&';
      shown.append(harmless ? c : '?');
    }
    return name.length() > MAX_SHOWN_NAME ? shown.append('…').toString() : shown.toString();
  }

  private static String kind(Json found) {
    return switch (found) {
      case JsonObject o -> "an object of " + o.size() + " members";
      case JsonArray a -> "an array of " + a.size() + " items";
      case JsonString s -> "a string of " + s.value().length() + " characters";
      case JsonNumber.Whole w -> "the number " + w.value();
      case JsonNumber.Real r -> "the number " + r.value();
      case JsonBool b -> b.name().toLowerCase(Locale.ROOT);
      case JsonNull _ -> "null";
    };
  }
}
