package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.ProtocolException;

/** Text that is handed to an operating system: it has a UTF-8 form, no NUL, and a limit in bytes. */
final class OsText {
  private OsText() {
  }

  static String requireNonEmpty(String what, String text, int maxBytes) {
    if (text.isEmpty()) {
      throw new ProtocolException(what + ": must not be empty");
    }
    return require(what, text, maxBytes);
  }

  static String require(String what, String text, int maxBytes) {
    long bytes = utf8Length(what, text);
    if (bytes > maxBytes) {
      throw new ProtocolException(what + ": expected at most " + maxBytes + " bytes of UTF-8, found " + bytes);
    }
    return text;
  }

  /** Returns the bytes the text takes in UTF-8, and refuses NUL and unpaired surrogates on the way. */
  static int utf8Length(String what, String text) {
    int length = text.length();
    int bytes = length;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new ProtocolException(what + ": character " + i + " is NUL, no operating system takes that");
      }
      if (Character.isSurrogate(c)) {
        if (i + 1 == length || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          throw new ProtocolException(what + ": unpaired surrogate at character " + i);
        }
        bytes += 2;
        i++;
      } else if (c >= 0x80) {
        bytes += c < 0x800 ? 1 : 2;
      }
    }
    return bytes;
  }
}
