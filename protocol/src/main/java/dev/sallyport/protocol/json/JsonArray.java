package dev.sallyport.protocol.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/** A JSON array. An array taken out of a {@link JsonObject} knows its place there and names it when it refuses. */
public final class JsonArray implements Json {
  private static final JsonArray EMPTY = new JsonArray(new Json[0], JsonPath.ROOT);

  private final Json[] items;
  private final JsonPath path;

  private JsonArray(Json[] items, JsonPath path) {
    this.items = items;
    this.path = path;
  }

  /** Returns an array of these values. */
  public static JsonArray of(List<? extends Json> items) {
    return new JsonArray(items.toArray(new Json[0]), JsonPath.ROOT);
  }

  /** Returns an array of strings. */
  public static JsonArray ofStrings(Iterable<String> items) {
    List<Json> strings = new ArrayList<>();
    for (String item : items) {
      strings.add(new JsonString(item));
    }
    return of(strings);
  }

  /** Takes the first values of a parser's buffer. */
  static JsonArray adopt(@Nullable Json[] buffer, int count) {
    if (count == 0) {
      return EMPTY;
    }
    Json[] items = new Json[count];
    System.arraycopy(buffer, 0, items, 0, count);
    return new JsonArray(items, JsonPath.ROOT);
  }

  JsonArray at(JsonPath place) {
    return new JsonArray(items, place);
  }

  /** Returns how many items there are. */
  public int size() {
    return items.length;
  }

  /** Returns the item at an index from 0 to {@link #size} − 1. */
  public Json get(int index) {
    return items[index];
  }

  /** Returns all items as strings. */
  public List<String> strings(int maxItems, int maxLength) {
    requireAtMost(maxItems);
    List<String> strings = new ArrayList<>(items.length);
    for (int i = 0; i < items.length; i++) {
      if (items[i] instanceof JsonString(String text) && text.length() <= maxLength) {
        strings.add(text);
      } else {
        throw path.item(i).expected("a string of at most " + maxLength + " characters", items[i]);
      }
    }
    return strings;
  }

  /** Returns all items as objects that know their places. */
  public List<JsonObject> objects(int maxItems) {
    requireAtMost(maxItems);
    List<JsonObject> objects = new ArrayList<>(items.length);
    for (int i = 0; i < items.length; i++) {
      if (items[i] instanceof JsonObject object) {
        objects.add(object.at(path.item(i)));
      } else {
        throw path.item(i).expected("an object", items[i]);
      }
    }
    return objects;
  }

  /** Returns a refusal that names the place of this array. */
  public ProtocolException refused(String why) {
    return path.refused(why);
  }

  private void requireAtMost(int maxItems) {
    if (items.length > maxItems) {
      throw path.expected("an array of at most " + maxItems + " items", this);
    }
  }

  @Override
  public void write(JsonWriter out) {
    out.open('[');
    for (int i = 0; i < items.length; i++) {
      if (i > 0) {
        out.ascii(',');
      }
      items[i].write(out);
    }
    out.close(']');
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonArray array && Arrays.equals(items, array.items);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(items);
  }

  @Override
  public String toString() {
    return "JsonArray[" + items.length + " items]";
  }
}
