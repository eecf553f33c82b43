package dev.sallyport.protocol.json;

/**
 * A JSON string.
 *
 * @param value text without unpaired surrogates, so that it has a UTF-8 form
 */
public record JsonString(String value) implements Json {
  /** Refuses unpaired surrogates. */
  public JsonString {
    Unicode.requirePaired(value);
  }

  @Override
  public void write(JsonWriter out) {
    out.string(value);
  }

  @Override
  public String toString() {
    return "JsonString[" + value.length() + " characters]";
  }
}
