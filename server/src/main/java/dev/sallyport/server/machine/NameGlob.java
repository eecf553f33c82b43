package dev.sallyport.server.machine;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;

/**
 * A pattern of names: {@code *} stands for any characters, {@code ?} for one, case does not count. Everything else stands for itself,
 * also what SQL would take for a pattern.
 *
 * @param pattern at most {@value #MAX_LENGTH} characters
 */
public record NameGlob(String pattern) {
  /** Most characters of a pattern. */
  public static final int MAX_LENGTH = 255;
  /** Fits every name. */
  public static final NameGlob ALL = new NameGlob("*");

  /** @throws ProtocolException if it is longer, or not plain text */
  public NameGlob {
    PlainText.require("pattern of names", pattern, MAX_LENGTH);
  }

  /** The pattern for {@code LIKE ? ESCAPE '!'}, to be compared with {@link Machine#key}. */
  String like() {
    var like = new StringBuilder();
    for (char c : Machine.key(pattern).toCharArray()) {
      switch (c) {
        case '*' -> like.append('%');
        case '?' -> like.append('_');
        case '%', '_', '!' -> like.append('!').append(c);
        default -> like.append(c);
      }
    }
    return like.toString();
  }
}
