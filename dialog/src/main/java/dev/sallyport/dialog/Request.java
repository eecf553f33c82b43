package dev.sallyport.dialog;

import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;

/**
 * What is to be shown, as it comes through standard input: a letter for the kind, milliseconds (4 bytes), title and text, each as
 * {@link java.io.DataOutputStream#writeUTF} has it, so neither has more than 64 KiB.
 *
 * @param title may be empty
 * @param text one or more lines of plain text
 * @param time how long it stays
 */
record Request(Kind kind, String title, String text, Duration time) {
  /** The ways to show it. */
  enum Kind {
    /** A window with a button that says that it was read. */
    MESSAGE,
    /** The same, behind an icon that flashes until it is clicked. */
    NOTICE,
    /** A window with a button each for yes and no. */
    ASK
  }

  /** @throws IOException if it breaks off or is anything else */
  static Request read(DataInputStream in) throws IOException {
    char letter = (char) in.readUnsignedByte();
    Kind kind = switch (letter) {
      case 'M' -> Kind.MESSAGE;
      case 'N' -> Kind.NOTICE;
      case 'A' -> Kind.ASK;
      default -> throw new IOException("no kind of request: " + (int) letter);
    };
    int millis = in.readInt();
    if (millis <= 0) {
      throw new IOException("no time to show it: " + millis + " ms");
    }
    String title = plain(in.readUTF());
    return new Request(kind, title, plain(in.readUTF()), Duration.ofMillis(millis));
  }

  /**
   * Takes out what could show one text and mean another. The agent lets none of it through; but this is the place where it would do harm.
   */
  private static String plain(String text) {
    var plain = new StringBuilder(text.length());
    text.codePoints().forEach(point -> plain.appendCodePoint(isPlain(point) ? point : '\uFFFD'));
    return plain.toString();
  }

  private static boolean isPlain(int point) {
    if (point == '\n' || point == '\t') {
      return true;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      case Character.FORMAT -> point == '\u200c' || point == '\u200d' || point >= 0xE0020;
      default -> true;
    };
  }
}
