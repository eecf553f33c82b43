package dev.sallyport.protocol;

/** Text that is handed to an operating system: it has a UTF-8 form, no NUL, and a limit in bytes. */
public final class OsText {
  private OsText() {
  }

  /** Like {@link #require}, and refuses empty text. */
  public static String requireNonEmpty(String what, String text, int maxBytes) {
    if (text.isEmpty()) {
      throw new ProtocolException(what + ": must not be empty");
    }
    return require(what, text, maxBytes);
  }

  /**
   * Returns the text unchanged.
   *
   * @param maxBytes most bytes in UTF-8
   * @throws ProtocolException if it is longer, or no operating system could take it
   */
  public static String require(String what, String text, int maxBytes) {
    int bytes = utf8Length(what, text);
    if (bytes > maxBytes) {
      throw new ProtocolException(what + ": expected at most " + maxBytes + " bytes of UTF-8, found " + bytes);
    }
    return text;
  }

  /** Returns the bytes the text takes in UTF-8, and refuses NUL and unpaired surrogates on the way. */
  public static int utf8Length(String what, String text) {
    int bytes = measure(text);
    if (bytes < 0) {
      throw refused(what, text, ~bytes);
    }
    return bytes;
  }

  /** Like {@link #utf8Length} for one item of a list; names it only when it refuses. */
  public static int utf8LengthOfItem(String list, int index, String text) {
    int bytes = measure(text);
    if (bytes < 0) {
      throw refused(list + "[" + index + "]", text, ~bytes);
    }
    return bytes;
  }

  /** Returns the bytes in UTF-8, or the complement of where a character stands that has no place in such text. */
  private static int measure(String text) {
    int length = text.length();
    int bytes = length;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return ~i;
      }
      if (Character.isSurrogate(c)) {
        if (i + 1 == length || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          return ~i;
        }
        bytes += 2;
        i++;
      } else if (c >= 0x80) {
        bytes += c < 0x800 ? 1 : 2;
      }
    }
    return bytes;
  }

  private static ProtocolException refused(String what, String text, int at) {
    return new ProtocolException(text.charAt(at) == 0
        ? what + ": character " + at + " is NUL, no operating system takes that"
        : what + ": unpaired surrogate at character " + at);
  }
}
