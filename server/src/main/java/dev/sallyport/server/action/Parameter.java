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

  /**
   * One word in a language of its own: the name of a package, a service or a user, say. What does not fit its pattern is refused, so that no
   * name can be an option or a command to whatever program it is handed to (incidents T4, T12).
   *
   * @param spelling how it may be spelled
   */
  record Word(String name, String description, boolean required, Spelling spelling) implements Parameter {
    @Override
    public String type() {
      return "string";
    }

    @Override
    public void take(JsonObject given, JsonObject.Builder valid) {
      if (required || given.has(name)) {
        String word = given.string(name, spelling.maxLength());
        if (!spelling.fits(word)) {
          throw given.refused(name, "expected " + spelling.meaning());
        }
        valid.put(name, word);
      }
    }
  }

  /**
   * A list of such words, each once.
   *
   * @param maxItems most words
   */
  record Words(String name, String description, boolean required, int maxItems, Spelling spelling)
      implements
        Parameter {
    @Override
    public String type() {
      return "strings";
    }

    @Override
    public void take(JsonObject given, JsonObject.Builder valid) {
      if (!required && !given.has(name)) {
        return;
      }
      List<String> words = given.strings(name, maxItems, spelling.maxLength());
      if (required && words.isEmpty()) {
        throw given.refused(name, "expected at least one");
      }
      for (int i = 0; i < words.size(); i++) {
        if (!spelling.fits(words.get(i))) {
          throw given.refused(name + "[" + i + "]", "expected " + spelling.meaning());
        }
      }
      valid.put(name, JsonArray.ofStrings(words.stream().distinct().toList()));
    }
  }

  /**
   * One of several words; the first is taken where none is given, unless it is required.
   *
   * @param choices at least one
   */
  record Choice(String name, String description, boolean required, List<String> choices) implements Parameter {
    /** Copies. */
    public Choice {
      choices = List.copyOf(choices);
    }

    @Override
    public String type() {
      return "choice";
    }

    @Override
    public void take(JsonObject given, JsonObject.Builder valid) {
      String word = required || given.has(name) ? given.string(name) : choices.getFirst();
      if (!choices.contains(word)) {
        throw given.refused(name, "expected one of " + String.join(", ", choices));
      }
      valid.put(name, word);
    }
  }

  /** A whole number between two bounds, both included; where none is given it is {@code absent}. */
  record Whole(String name, String description, boolean required, long min, long max, long absent)
      implements
        Parameter {
    @Override
    public String type() {
      return "number";
    }

    @Override
    public void take(JsonObject given, JsonObject.Builder valid) {
      valid.put(name, required ? given.integer(name, min, max) : given.integer(name, min, max, absent));
    }
  }

  /** Yes or no; where nothing is given it is {@code absent}. */
  record Flag(String name, String description, boolean absent) implements Parameter {
    @Override
    public boolean required() {
      return false;
    }

    @Override
    public String type() {
      return "boolean";
    }

    @Override
    public void take(JsonObject given, JsonObject.Builder valid) {
      valid.put(name, given.bool(name, absent));
    }
  }

  /**
   * Text that nobody may read again: it is stored sealed until the directive has ended, then deleted, and shown as {@link #SHOWN}.
   *
   * @param maxLength most UTF-16 units
   */
  record Secret(String name, String description, boolean required, int maxLength) implements Parameter {
    /** What is shown in its place. */
    public static final String SHOWN = "•••";

    @Override
    public String type() {
      return "secret";
    }

    @Override
    public void take(JsonObject given, JsonObject.Builder valid) {
      if (required || given.has(name)) {
        String text = given.string(name, maxLength);
        if (required && text.isEmpty()) {
          throw given.refused(name, "must not be empty");
        }
        valid.put(name, text);
      }
    }
  }

  /**
   * An object of such texts; always optional.
   *
   * @param maxItems most names
   * @param maxLength most UTF-16 units of each text
   */
  record SecretMap(String name, String description, int maxItems, int maxLength) implements Parameter {
    @Override
    public boolean required() {
      return false;
    }

    @Override
    public String type() {
      return "secrets";
    }

    @Override
    public void take(JsonObject given, JsonObject.Builder valid) {
      new TextMap(name, description, maxItems, maxLength).take(given, valid);
    }
  }
}
