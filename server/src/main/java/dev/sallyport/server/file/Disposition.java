package dev.sallyport.server.file;

import java.nio.charset.StandardCharsets;

/**
 * The header that makes a browser save a file and not show it (RFC 6266). The plain name is letters, digits and {@code . _ -}; the whole name
 * follows in percent encoding (RFC 8187), so that no quote, line feed or path in a name means anything (incidents T8, T14).
 */
final class Disposition {
  private static final String PLAIN = "._-";
  private static final int HIGHEST_ASCII = 0x7e;

  private Disposition() {
  }

  static String attachment(String name) {
    return "attachment; filename=\"" + plain(name) + "\"; filename*=UTF-8''" + percent(name);
  }

  private static String plain(String name) {
    var text = new StringBuilder();
    name.chars().forEach(c -> text.append(isPlain(c) ? (char) c : '_'));
    // A leading dot would hide the file, or go up.
    return text.isEmpty() || text.charAt(0) == '.' ? "_" + text : text.toString();
  }

  private static String percent(String name) {
    var text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (isPlain(c)) {
        text.append((char) c);
      } else {
        text.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(c & 0xf, 16)));
      }
    }
    return text.toString();
  }

  private static boolean isPlain(int c) {
    return c <= HIGHEST_ASCII && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
  }
}
