package dev.sallyport.protocol;

/** The one spelling of a UUID in the protocol: 36 characters, lower case (RFC 9562 section 4). */
public final class Uuids {
  /** Characters of a UUID. */
  public static final int LENGTH = 36;

  private Uuids() {
  }

  /**
   * Returns the text unchanged.
   *
   * @param what what the text names, for the refusal
   * @throws ProtocolException if it is no UUID in lower case
   */
  public static String require(String what, String text) {
    if (text.length() != LENGTH || !startsWithUuid(text)) {
      throw new ProtocolException(what + ": expected a UUID in lower case");
    }
    return text;
  }

  /** Returns whether the first {@link #LENGTH} characters are a UUID in lower case. */
  public static boolean startsWithUuid(String text) {
    if (text.length() < LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      char c = text.charAt(i);
      boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      if (dash ? c != '-' : !hex) {
        return false;
      }
    }
    return true;
  }
}
