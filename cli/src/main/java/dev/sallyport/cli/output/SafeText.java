package dev.sallyport.cli.output;

/** Text from machines before it reaches a terminal: control characters could move the cursor or set titles (incident T8). */
public final class SafeText {
  private static final int DELETE = 0x7f;
  private static final int C1_END = 0x9f;

  private SafeText() {
  }

  /** {@code text} on one line, every control and direction-changing character shown as a visible replacement. */
  public static String oneLine(String text) {
    var safe = new StringBuilder(text.length());
    text.codePoints().forEach(c -> {
      if (c == '\n' || c == '\r' || c == '\t') {
        safe.append(' ');
      } else if (c < ' ' || (c >= DELETE && c <= C1_END) || Character.getType(c) == Character.FORMAT) {
        safe.append('\ufffd');
      } else {
        safe.appendCodePoint(c);
      }
    });
    return safe.toString();
  }
}
