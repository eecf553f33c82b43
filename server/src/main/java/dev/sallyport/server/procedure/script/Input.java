package dev.sallyport.server.procedure.script;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonBool;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.server.procedure.yaml.Place;

/**
 * Something that whoever runs a procedure says.
 *
 * @param absent what it is where nothing is said; without it something must be said
 * @param choices of a choice
 */
public record Input(Place place, String name, Type type, String description, Optional<Json> absent,
    List<String> choices) {
  /** Most characters of a value. */
  public static final int MAX_CHARACTERS = 16 << 10;
  /** Most items of a list. */
  public static final int MAX_ITEMS = 1_000;

  /** What kind of value it is. */
  public enum Type {
    /** Any text. */
    TEXT("text", "text"),
    /** A whole number. */
    NUMBER("number", "a whole number"),
    /** Yes or no. */
    BOOLEAN("boolean", "true or false"),
    /** One of its choices. */
    CHOICE("choice", "one of its choices"),
    /** Texts, separated by commas. */
    LIST("list", "texts, separated by commas"),
    /** Text that nobody may read again. */
    SECRET("secret", "text");

    private final String word;
    private final String meaning;

    Type(String word, String meaning) {
      this.word = word;
      this.meaning = meaning;
    }

    /** As it is written. */
    public String word() {
      return word;
    }

    static Optional<Type> ofWord(String word) {
      return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }
  }

  /** Copies. */
  public Input {
    choices = List.copyOf(choices);
  }

  /** Whether a run without it is refused. */
  public boolean required() {
    return absent.isEmpty();
  }

  /** What a text that was given for it means; empty if it means nothing. */
  public Optional<Json> read(String text) {
    return switch (type) {
      case TEXT, SECRET -> Optional.of(new JsonString(text));
      case CHOICE -> Optional.of(text).filter(choices::contains).map(JsonString::new);
      case BOOLEAN -> switch (text) {
        case "true", "false" -> Optional.of(JsonBool.of(text.equals("true")));
        default -> Optional.empty();
      };
      case NUMBER -> text.matches("0|-?[1-9][0-9]{0,14}")
          ? Optional.of(new JsonNumber.Whole(Long.parseLong(text)))
          : Optional.empty();
      case LIST -> {
        List<String> items = Arrays.stream(text.split(",", -1)).map(String::strip).filter(item -> !item.isEmpty())
            .toList();
        yield items.size() > MAX_ITEMS ? Optional.empty() : Optional.of(JsonArray.ofStrings(items));
      }
    };
  }

  /** What is expected of it, for people. */
  public String meaning() {
    return type == Type.CHOICE ? "one of " + String.join(", ", choices) : type.meaning;
  }

  boolean fits(Json value) {
    return switch (type) {
      case TEXT -> value instanceof JsonString;
      case NUMBER -> value instanceof JsonNumber.Whole;
      case BOOLEAN -> value instanceof JsonBool;
      case CHOICE -> value instanceof JsonString(String text) && choices.contains(text);
      case LIST -> value instanceof JsonArray;
      case SECRET -> false;
    };
  }
}
