package dev.sallyport.server.inventory;

/** Compares versions as Debian does (deb-version(7)); those of RPM, {@code epoch:version-release}, are close enough to it. */
final class DebianVersion {
  private DebianVersion() {
  }

  /** Negative if the first is older. */
  static int compare(String first, String second) {
    int epochs = number(epoch(first), epoch(second));
    if (epochs != 0) {
      return epochs;
    }
    int upstream = parts(upstream(first), upstream(second));
    return upstream != 0 ? upstream : parts(revision(first), revision(second));
  }

  private static String epoch(String version) {
    int colon = version.indexOf(':');
    return colon < 0 ? "" : version.substring(0, colon);
  }

  private static String upstream(String version) {
    String rest = version.substring(version.indexOf(':') + 1);
    int dash = rest.lastIndexOf('-');
    return dash < 0 ? rest : rest.substring(0, dash);
  }

  private static String revision(String version) {
    String rest = version.substring(version.indexOf(':') + 1);
    int dash = rest.lastIndexOf('-');
    return dash < 0 ? "" : rest.substring(dash + 1);
  }

  /** Stretches of other characters and of digits by turns. */
  private static int parts(String first, String second) {
    int a = 0;
    int b = 0;
    while (a < first.length() || b < second.length()) {
      while (isOther(first, a) || isOther(second, b)) {
        int difference = order(first, a) - order(second, b);
        if (difference != 0) {
          return difference;
        }
        a++;
        b++;
      }
      int endA = digits(first, a);
      int endB = digits(second, b);
      int difference = number(first.substring(Math.min(a, first.length()), endA),
          second.substring(Math.min(b, second.length()), endB));
      if (difference != 0) {
        return difference;
      }
      a = endA;
      b = endB;
    }
    return 0;
  }

  private static boolean isOther(String text, int at) {
    return at < text.length() && !isDigit(text.charAt(at));
  }

  /** A tilde is before the end, the end before letters, letters before all else. */
  private static int order(String text, int at) {
    if (at >= text.length() || isDigit(text.charAt(at))) {
      return 0;
    }
    char c = text.charAt(at);
    if (c == '~') {
      return -1;
    }
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter ? c : c + 256;
  }

  private static int digits(String text, int from) {
    int end = Math.min(from, text.length());
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Digits of any length. */
  private static int number(String first, String second) {
    String a = significant(first);
    String b = significant(second);
    return a.length() != b.length() ? a.length() - b.length() : a.compareTo(b);
  }

  private static String significant(String digits) {
    int from = 0;
    while (from < digits.length() && digits.charAt(from) == '0') {
      from++;
    }
    return digits.substring(from);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
