package dev.sallyport.transport.ftp.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The names in a directory, out of whatever the server lists. A name that is not made of at most {@value #MAX_NAME} letters, digits, dots
 * and hyphens is left out: nothing that this program puts there is called otherwise, and nothing else is its business.
 */
enum Listing {
  /** Facts, a space, the name (RFC 3659 section 7). */
  MLSD {
    @Override
    String name(String line) {
      return line.substring(line.indexOf(' ') + 1);
    }
  },
  /** The name, perhaps with the directory before it. */
  NLST {
    @Override
    String name(String line) {
      return line.substring(line.lastIndexOf('/') + 1);
    }
  },
  /** As people like it; the name is the last word. */
  LIST {
    @Override
    String name(String line) {
      return line.substring(line.lastIndexOf(' ') + 1);
    }
  };

  /** Most bytes of a listing. */
  static final int MAX_BYTES = 1_048_576;
  /** Most lines of a listing. */
  static final int MAX_LINES = 10_000;
  /** Most characters of a name. */
  static final int MAX_NAME = 64;

  abstract String name(String line);

  /** @throws IOException if the listing is longer than any that is honest */
  List<String> names(byte[] bytes) throws IOException {
    var names = new ArrayList<String>();
    int lines = 0;
    int from = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i < bytes.length && bytes[i] != '\n') {
        continue;
      }
      if (lines++ == MAX_LINES) {
        throw new IOException("the FTP server lists more than " + MAX_LINES + " entries");
      }
      if (i - from <= ReplyReader.MAX_LINE_BYTES) {
        String line = new String(bytes, from, i - from, StandardCharsets.ISO_8859_1);
        String name = name(ReplyReader.withoutReturn(line));
        if (isOurs(name)) {
          names.add(name);
        }
      }
      from = i + 1;
    }
    return names;
  }

  private static boolean isOurs(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME || name.charAt(0) == '.') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-')) {
        return false;
      }
    }
    return true;
  }
}
