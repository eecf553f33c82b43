package dev.sallyport.operation.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of {@code /proc}, {@code /sys} and {@code /etc} as text. */
public final class ProcText {
  /** Far above any of these files; a machine with thousands of mounts stays below it. */
  private static final int MAX_BYTES = 4 << 20;

  /** As many digits as a long surely holds. */
  private static final int MAX_DIGITS = 18;

  private ProcText() {
  }

  /** Returns the text; bytes that are no UTF-8 become U+FFFD. */
  public static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    }
  }

  /** Returns the text without surrounding blanks, or nothing where the kernel has no such file. */
  public static String readOrEmpty(Path file) {
    try {
      return read(file).strip();
    } catch (IOException e) {
      // Kernels differ in what they offer; a missing fact is an empty one.
      return "";
    }
  }

  /** Returns the lines without their ends. */
  public static List<String> lines(String text) {
    return text.lines().toList();
  }

  /** Returns the number at the start of the text, or the default if there is none. */
  public static long leadingNumber(String text, long absent) {
    int end = 0;
    while (end < text.length() && end < MAX_DIGITS && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end == 0 ? absent : Long.parseLong(text.substring(0, end));
  }
}
