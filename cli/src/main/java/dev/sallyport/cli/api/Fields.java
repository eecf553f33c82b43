package dev.sallyport.cli.api;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;

/** Optional members of the server's answers: a missing one and {@code null} mean the same to a reader. */
public final class Fields {
  /** Longest list in one answer that is read; the server's pages are far shorter. */
  private static final int MAX_ITEMS = 100_000;
  private static final int MAX_TEXT = 1 << 20;

  private Fields() {
  }

  /** A text, or "" when there is none. */
  public static String text(JsonObject object, String name) {
    return object.isNone(name) ? "" : object.string(name, MAX_TEXT);
  }

  /** A text that may be a whole chunk of output. */
  public static String longText(JsonObject object, String name) {
    return object.string(name, MAX_TEXT);
  }

  /** A whole number, or {@code absent}. */
  public static long number(JsonObject object, String name, long absent) {
    return object.isNone(name) ? absent : object.integer(name, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** A truth value; missing means no. */
  public static boolean flag(JsonObject object, String name) {
    return !object.isNone(name) && object.bool(name);
  }

  /** A list of objects. */
  public static List<JsonObject> list(JsonObject object, String name) {
    return object.objects(name, MAX_ITEMS);
  }
}
