package dev.sallyport.operation.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** The lines of a file of any size, of which each takes bounded memory; what is no UTF-8 becomes U+FFFD. */
final class BoundedLines implements Closeable {
  /** Most bytes of a line; the rest of it is passed over. */
  static final int MAX_LINE_BYTES = 8 << 10;

  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final byte[] line = new byte[MAX_LINE_BYTES];
  private int at;
  private int end;

  BoundedLines(InputStream in) {
    this.in = in;
  }

  static BoundedLines of(Path file) throws IOException {
    return new BoundedLines(Files.newInputStream(file));
  }

  /** The next line without its end, or null behind the last. */
  @Nullable
  String next() throws IOException {
    if (!fill()) {
      return null;
    }
    int length = 0;
    do {
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      int kept = Math.min(at - from, line.length - length);
      System.arraycopy(buffer, from, line, length, kept);
      length += kept;
    } while (at == end && fill());
    at++;
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  private boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("cancelled");
    }
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
