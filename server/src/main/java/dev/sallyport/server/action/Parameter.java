package dev.sallyport.server.action;

import java.util.List;

import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;

/** One parameter of an action: its type, its limits and what it is for. */
public sealed interface Parameter {
  /** How it is called in the API. */
  String name();

  /** What it is for, one sentence. */
  String description();

  /** Whether an order without it is refused. */
  boolean required();

  /** The word for its type in the API. */
  String type();

  /**
   * Moves this parameter from what was given to what is valid; an optional one that is absent is left out.
   *
   * @throws dev.sallyport.protocol.ProtocolException naming the parameter and what it should be
   */
  void take(JsonObject given, JsonObject.Builder valid);

  /**
   * Text.
   *
   * @param maxLength most UTF-16 units
   * @param lines whether a form offers several lines
   */
  record Text(String name, String description, boolean required, int maxLength, boolean lines) implements Parameter {
    @Override
    public String type() {
      return lines ? "text" : "string";
    }

    @Override
    public void take(JsonObject given, JsonObject.Builder valid) {
      if (required || given.has(name)) {
        String text = given.string(name, maxLength);
        if (required && text.isBlank()) {
          throw given.refused(name, "must not be empty");
        }
        valid.put(name, text);
      }
    }
  }

  /**
   * A list of texts.
   *
   * @param maxItems most texts
   * @param maxLength most UTF-16 units of each
   */
  record TextList(String name, String description, boolean required, int maxItems, int maxLength) implements Parameter {
    @Override
    public String type() {
      return "strings";
    }

    @Override
    public void take(JsonObject given, JsonObject.Builder valid) {
      if (required || given.has(name)) {
        List<String> texts = given.strings(name, maxItems, maxLength);
        if (required && (texts.isEmpty() || texts.getFirst().isEmpty())) {
          throw given.refused(name, "must begin with a text that is not empty");
        }
        valid.put(name, JsonArray.ofStrings(texts));
      }
    }
  }

  /**
   * An object of texts; always optional.
   *
   * @param maxItems most names
   * @param maxLength most UTF-16 units of each text
   */
  record TextMap(String name, String description, int maxItems, int maxLength) implements Parameter {
    @Override
    public boolean required() {
      return false;
    }

    @Override
    public String type() {
      return "map";
    }

    @Override
    public void take(JsonObject given, JsonObject.Builder valid) {
      if (!given.has(name)) {
        return;
      }
      JsonObject map = given.object(name);
      if (map.size() > maxItems) {
        throw given.refused(name, "expected at most " + maxItems + " names, found " + map.size());
      }
      var copy = JsonObject.builder();
      for (String key : map.names()) {
        copy.put(key, map.string(key, maxLength));
      }
      valid.put(name, copy.build());
    }
  }
}
