package dev.sallyport.protocol.library;

import dev.sallyport.protocol.ProtocolException;

/**
 * How libraries and their functions are called. A name is for people and look-ups, never a part of a path: what lies on a disk is named by
 * its SHA-256 (incident T14).
 */
public final class LibraryId {
  /** Most characters of a name. */
  public static final int MAX_LENGTH = 64;

  private LibraryId() {
  }

  /** Returns the name if it is lower-case words (letters, digits) joined by dashes, beginning with a letter. */
  public static String require(String what, String name) {
    boolean sound = !name.isEmpty() && name.length() <= MAX_LENGTH && isLetter(name.charAt(0));
    for (int i = 1; sound && i < name.length(); i++) {
      char c = name.charAt(i);
      sound = isLetter(c) || (c >= '0' && c <= '9')
          || (c == '-' && name.charAt(i - 1) != '-' && i + 1 < name.length());
    }
    if (!sound) {
      throw new ProtocolException(what + ": expected lower-case words of letters and digits, joined by dashes, at most "
          + MAX_LENGTH + " characters");
    }
    return name;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }
}
