package dev.sallyport.agent.library.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.sallyport.library.Library;
import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonBool;
import dev.sallyport.protocol.json.JsonNull;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.protocol.library.LibraryFunction;
import dev.sallyport.protocol.library.ValueType;

/**
 * Values on their way into a library and out of it. What comes out may be an object of the library's own making, so it is turned into plain
 * JSON on the library's thread, within its time, and within bounds.
 */
public final class Values {
  /** Most bytes of a result as JSON: 128 KiB. */
  public static final int MAX_RESULT_BYTES = 128 << 10;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_ITEMS = 20_000;

  private int items;
  private long characters;

  private Values() {
  }

  /** Returns the parameters as the library's code takes them; they were checked against the function. */
  public static List<Object> parameters(LibraryFunction function, List<Json> values) {
    var all = new ArrayList<Object>(values.size());
    for (int i = 0; i < values.size(); i++) {
      all.add(parameter(function.parameters().get(i).type(), values.get(i)));
    }
    return all;
  }

  private static Object parameter(ValueType type, Json value) {
    return switch (value) {
      case JsonString(String text) -> type == ValueType.BYTES ? Base64Url.decode(text) : text;
      case JsonNumber.Whole(long number) -> whole(type, number);
      case JsonNumber.Real(double number) -> number;
      case JsonBool bool -> bool.value();
      case JsonArray _,JsonObject _,JsonNull _ -> throw new ProtocolException("no value of a parameter");
    };
  }

  private static Object whole(ValueType type, long number) {
    if (type == ValueType.INT) {
      return (int) number;
    }
    if (type == ValueType.DOUBLE) {
      return (double) number;
    }
    return number;
  }

  /**
   * Returns a result as JSON.
   *
   * @throws ProtocolException if it is no value, not of the function's type, or too large
   */
  public static Json result(LibraryFunction function, Object result) {
    Json json = new Values().json(result, 0);
    if (!function.result().accepts(json)) {
      throw new ProtocolException("it returned no value of the type " + function.result().word());
    }
    if (json.bytes().length > MAX_RESULT_BYTES) {
      throw tooLarge();
    }
    return json;
  }

  private Json json(Object value, int depth) {
    if (++items > MAX_ITEMS || depth > MAX_DEPTH) {
      throw tooLarge();
    }
    return switch (value) {
      case String text -> text(text);
      case Integer number -> new JsonNumber.Whole(number);
      case Long number -> new JsonNumber.Whole(number);
      case Double number -> new JsonNumber.Real(number);
      case Boolean bool -> JsonBool.of(bool);
      case byte[] bytes -> text(Base64Url.encode(bytes));
      case List<?> list -> list(list, depth);
      case Map<?, ?> map -> map(map, depth);
      case Object other when Library.NOTHING.equals(other) -> JsonNull.NULL;
      default ->
        throw new ProtocolException("it returned a " + value.getClass().getSimpleName() + ", which is no value");
    };
  }

  private JsonString text(String text) {
    characters += text.length();
    if (characters > MAX_RESULT_BYTES) {
      throw tooLarge();
    }
    return new JsonString(text);
  }

  private JsonArray list(List<?> list, int depth) {
    var all = new ArrayList<Json>();
    for (Object item : list) {
      all.add(json(item, depth + 1));
    }
    return JsonArray.of(all);
  }

  private JsonObject map(Map<?, ?> map, int depth) {
    var object = JsonObject.builder();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new ProtocolException("it returned a map whose keys are not all texts");
      }
      object.put(text(name).value(), json(entry.getValue(), depth + 1));
    }
    return object.build();
  }

  private static ProtocolException tooLarge() {
    return new ProtocolException("it returned more than " + MAX_RESULT_BYTES + " bytes");
  }
}
