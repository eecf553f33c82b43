package dev.sallyport.protocol.json;

/** A JSON truth value. */
public enum JsonBool implements Json {
  FALSE(false), TRUE(true);

  private final boolean value;

  JsonBool(boolean value) {
    this.value = value;
  }

  /** Returns the constant for a truth value. */
  public static JsonBool of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** Returns the truth value. */
  public boolean value() {
    return value;
  }

  @Override
  public void write(JsonWriter out) {
    out.ascii(value ? "true" : "false");
  }
}
