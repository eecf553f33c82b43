package dev.sallyport.server.procedure.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonBool;
import dev.sallyport.protocol.json.JsonNull;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;

/** What values mean in conditions and in texts. */
public final class Values {
  private Values() {
  }

  /** Whether a value counts as true: false, none, 0, the empty text and empty lists and objects do not. */
  public static boolean truth(Json value) {
    return switch (value) {
      case JsonBool bool -> bool.value();
      case JsonNull _ -> false;
      case JsonNumber number -> number.asDouble() != 0;
      case JsonString(String text) -> !text.isEmpty();
      case JsonArray array -> array.size() > 0;
      case JsonObject object -> object.size() > 0;
    };
  }

  /** How a value is written in a text: texts as they are, none as nothing, everything else as JSON. */
  public static String shown(Json value) {
    return switch (value) {
      case JsonString(String text) -> text;
      case JsonNull _ -> "";
      case JsonBool _,JsonNumber _,JsonArray _,JsonObject _ -> value.text();
    };
  }

  /** The items of a list. */
  public static List<Json> items(JsonArray array) {
    var items = new ArrayList<Json>(array.size());
    for (int i = 0; i < array.size(); i++) {
      items.add(array.get(i));
    }
    return items;
  }

  static boolean equal(Json left, Json right) {
    return (left instanceof JsonNumber && right instanceof JsonNumber)
        ? order(left, right).equals(OptionalInt.of(0))
        : left.equals(right);
  }

  static OptionalInt order(Json left, Json right) {
    if (left instanceof JsonNumber.Whole(long a) && right instanceof JsonNumber.Whole(long b)) {
      return OptionalInt.of(Long.compare(a, b));
    }
    if (left instanceof JsonNumber a && right instanceof JsonNumber b) {
      return OptionalInt.of(Double.compare(a.asDouble(), b.asDouble()));
    }
    if (left instanceof JsonString(String a) && right instanceof JsonString(String b)) {
      return OptionalInt.of(Integer.signum(a.compareTo(b)));
    }
    return OptionalInt.empty();
  }
}
