package dev.sallyport.protocol;

import java.util.Locale;

/**
 * Short text for people that one side tells the other: names, reasons, descriptions.
 *
 * <p>Such text ends up in logs, tables and terminals, so everything that could act there is refused on arrival: control
 * characters (which carry terminal sequences and forged log lines), line separators, direction overrides (which show
 * one name and mean another) and unpaired surrogates. Mark-up stays, it is text; whoever renders must still escape.
 */
public final class PlainText {
  private static final char REPLACEMENT = '\uFFFD';

  private PlainText() {
  }

  /**
   * Returns the text unchanged.
   *
   * @param what what the text is, for the refusal
   * @param maxLength most UTF-16 units allowed
   * @throws ProtocolException if it is longer or holds a character that is not plain
   */
  public static String require(String what, String text, int maxLength) {
    if (text.length() > maxLength) {
      throw new ProtocolException(what + ": expected at most " + maxLength + " characters, found " + text.length());
    }
    int bad = firstBad(text, 0);
    if (bad < text.length()) {
      throw new ProtocolException(what + ": character " + bad + " (U+" + hex(text.charAt(bad)) + ") is not plain text");
    }
    return text;
  }

  /** Like {@link #require}, and refuses empty text. */
  public static String requireNonEmpty(String what, String text, int maxLength) {
    if (text.isEmpty()) {
      throw new ProtocolException(what + ": must not be empty");
    }
    return require(what, text, maxLength);
  }

  /** Returns text that {@link #require} accepts: offending characters become U+FFFD, the rest is cut at the limit. */
  public static String clean(String text, int maxLength) {
    int end = Math.min(text.length(), maxLength);
    if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    int bad = firstBad(text, 0);
    if (bad >= end) {
      return text.substring(0, end);
    }
    StringBuilder clean = new StringBuilder(text).delete(end, text.length());
    for (; bad < end; bad = firstBad(text, bad + 1)) {
      clean.setCharAt(bad, REPLACEMENT);
    }
    return clean.toString();
  }

  private static int firstBad(String text, int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!pairAt(text, i)) {
          return i;
        }
        i++;
      } else if (!plain(c)) {
        return i;
      }
      i++;
    }
    return i;
  }

  private static boolean pairAt(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }

  private static boolean plain(char c) {
    if (c < 0x7f) {
      return c >= ' ';
    }
    if (c < 0x200e) {
      return c > 0x9f && c != '\u061c';
    }
    boolean lineSeparator = c == '\u2028' || c == '\u2029';
    boolean direction = c <= '\u200f' || (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    return !lineSeparator && !direction && c != '\ufeff';
  }

  private static String hex(char c) {
    return Integer.toHexString(0x10000 | c).substring(1).toUpperCase(Locale.ROOT);
  }
}
