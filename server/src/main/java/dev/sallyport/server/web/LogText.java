package dev.sallyport.server.web;

/** Text from outside on its way into the log: one line, printable, short. */
public final class LogText {

  private static final int MAX_CHARS = 120;

  private LogText() {
  }

  /** The text in quotes, with everything that could forge or break a line replaced. */
  public static String quote(String hostile) {
    var safe = new StringBuilder("\"");
    hostile.codePoints().limit(MAX_CHARS)
        .forEach(
            c -> safe.appendCodePoint(Character.isLetterOrDigit(c) || (c >= ' ' && c < 0x7f && c != '"') ? c : '?'));
    return safe.append(hostile.length() > MAX_CHARS ? "…\"" : "\"").toString();
  }
}
