package dev.sallyport.protocol.library;

import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonBool;
import dev.sallyport.protocol.json.JsonNull;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonString;

/** What a parameter or a result of a library's function is; the same words in Java, in C and in the manifest. */
public enum ValueType {
  /** A string; in C a {@code const char *} of UTF-8. */
  TEXT("text"),
  /** 32 bits, signed. */
  INT("int"),
  /** 64 bits, signed. */
  LONG("long"),
  /** A finite floating-point number of 64 bits. */
  DOUBLE("double"),
  /** True or false; not in C. */
  BOOLEAN("boolean"),
  /** Bytes, which travel as base64url; not in C. */
  BYTES("bytes"),
  /** Any JSON value; only as the result of a function in Java. */
  JSON("json"),
  /** Nothing; only as a result. */
  NONE("none");

  /** Longest word. */
  static final int MAX_WORD_LENGTH = 16;

  private final String word;

  ValueType(String word) {
    this.word = word;
  }

  /** Returns the word in a manifest. */
  public String word() {
    return word;
  }

  /** Returns whether a parameter can be of this type. */
  public boolean isForParameters() {
    return this != JSON && this != NONE;
  }

  /** Returns whether C has this type. */
  public boolean isNative() {
    return switch (this) {
      case TEXT, INT, LONG, DOUBLE, NONE -> true;
      case BOOLEAN, BYTES, JSON -> false;
    };
  }

  /** Returns whether a value is of this type. */
  public boolean accepts(Json value) {
    return switch (this) {
      case TEXT -> value instanceof JsonString;
      case INT -> value instanceof JsonNumber.Whole(long n) && n == (int) n;
      case LONG -> value instanceof JsonNumber.Whole;
      case DOUBLE -> value instanceof JsonNumber;
      case BOOLEAN -> value instanceof JsonBool;
      case BYTES -> value instanceof JsonString(String text) && isBase64(text);
      case JSON -> true;
      case NONE -> value == JsonNull.NULL;
    };
  }

  /**
   * Reads what somebody typed.
   *
   * @throws ProtocolException if it is no value of this type
   */
  public Json ofText(String text) {
    try {
      Json value = switch (this) {
        case TEXT, BYTES -> new JsonString(text);
        case INT, LONG -> new JsonNumber.Whole(Long.parseLong(text));
        case DOUBLE -> new JsonNumber.Real(Double.parseDouble(text));
        case BOOLEAN -> JsonBool.of(text.equals("true"));
        case JSON, NONE -> throw refused();
      };
      boolean sound = accepts(value) && (this != BOOLEAN || text.equals("true") || text.equals("false"));
      if (sound) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refused();
    }
    throw refused();
  }

  private ProtocolException refused() {
    return new ProtocolException("expected a value of the type " + word);
  }

  private static boolean isBase64(String text) {
    try {
      return Base64Url.encode(Base64Url.decode(text)).equals(text);
    } catch (ProtocolException e) {
      return false;
    }
  }

  /**
   * Returns the constant with this word.
   *
   * @throws ProtocolException if there is none
   */
  public static ValueType ofWord(String word) {
    for (ValueType type : values()) {
      if (type.word.equals(word)) {
        return type;
      }
    }
    throw new ProtocolException("expected a type: text, int, long, double, boolean, bytes, json, none");
  }
}
