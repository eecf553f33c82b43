package dev.sallyport.protocol.json;

import java.nio.charset.StandardCharsets;

import dev.sallyport.protocol.ProtocolException;

/**
 * An immutable JSON value (RFC 8259).
 *
 * <p>{@code toString} tells only the shape: values carry secrets and hostile text, and {@code toString} ends up in logs.
 * Use {@link #text()} where the content is meant.
 */
public sealed interface Json permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBool, JsonNull {

  /**
   * Reads one value and nothing else.
   *
   * @throws ProtocolException if the bytes exceed the limits, are not UTF-8 (RFC 3629), are not exactly one JSON value,
   *   name a member twice, hold an unpaired surrogate or a number beyond {@code long} and {@code double}
   */
  static Json parse(byte[] utf8, JsonLimits limits) {
    return new JsonParser(utf8, limits).document();
  }

  /** Reads one value within {@link JsonLimits#DEFAULT}. */
  static Json parse(byte[] utf8) {
    return parse(utf8, JsonLimits.DEFAULT);
  }

  /** Reads one value from text within {@link JsonLimits#DEFAULT}. */
  static Json parse(String text) {
    if (text.length() > JsonLimits.DEFAULT.maxBytes()) {
      throw JsonLimits.DEFAULT.tooLarge(text.length());
    }
    return parse(Unicode.requirePaired(text).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads an object within the limits.
   *
   * @throws ProtocolException as {@link #parse}, or if the value is no object
   */
  static JsonObject parseObject(byte[] utf8, JsonLimits limits) {
    Json value = parse(utf8, limits);
    if (value instanceof JsonObject object) {
      return object;
    }
    throw JsonPath.ROOT.expected("an object", value);
  }

  /**
   * Appends the compact form.
   *
   * @throws ProtocolException if the value is nested deeper than {@link JsonLimits#MAX_DEPTH}
   */
  void write(JsonWriter out);

  /** Returns the compact form in UTF-8; no byte of it can end an HTML script, attribute or text. */
  default byte[] bytes() {
    JsonWriter out = new JsonWriter();
    write(out);
    return out.bytes();
  }

  /** Returns the compact form as text. */
  default String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
