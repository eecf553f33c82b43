package dev.sallyport.protocol.library;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;

/** Names of an archive's entries. None is ever made a path; those that could lead somewhere are refused all the same (incident T6). */
final class EntryName {
  /** Most characters. */
  static final int MAX_LENGTH = 512;

  private EntryName() {
  }

  /** Returns the name if it is relative, with slashes, and has no empty, {@code .} or {@code ..} part; a directory's may end in a slash. */
  static String require(String name) {
    PlainText.requireNonEmpty("entry name", name, MAX_LENGTH);
    if (name.indexOf('\\') >= 0 || name.indexOf(':') >= 0) {
      throw refused();
    }
    int from = 0;
    while (from < name.length()) {
      int slash = name.indexOf('/', from);
      int end = slash < 0 ? name.length() : slash;
      String part = name.substring(from, end);
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw refused();
      }
      from = end + 1;
    }
    return name;
  }

  private static ProtocolException refused() {
    return new ProtocolException("an entry of the archive has a name that leads out of it or nowhere");
  }
}
