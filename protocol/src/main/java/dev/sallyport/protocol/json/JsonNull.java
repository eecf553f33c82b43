package dev.sallyport.protocol.json;

/** The JSON value {@code null}. */
public enum JsonNull implements Json {
  /** The only null. */
  NULL;

  @Override
  public void write(JsonWriter out) {
    out.ascii("null");
  }
}
