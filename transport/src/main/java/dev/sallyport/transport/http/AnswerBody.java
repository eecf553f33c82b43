package dev.sallyport.transport.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

import dev.sallyport.transport.socket.InputBuffer;

/** What follows the head of an answer (RFC 9112 section 6), read whole and never more than was allowed. */
public final class AnswerBody {
  private static final int MAX_LENGTH_DIGITS = 7;
  private static final int MAX_LINE_BYTES = 1_024;
  private static final int MAX_TRAILERS = 16;
  private static final int HEX = 16;

  private final HttpAnswer answer;
  private final InputBuffer in;
  private final int maxBytes;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();

  private AnswerBody(HttpAnswer answer, InputBuffer in, int maxBytes) {
    this.answer = answer;
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /**
   * Reads a body that tells its length, so that the connection can be used again.
   *
   * @param maxBytes most bytes that are read
   * @throws EOFException if it ends only with the connection
   * @throws IOException if it is longer, or its length makes no sense
   */
  public static byte[] measured(HttpAnswer answer, InputBuffer in, int maxBytes) throws IOException {
    var body = new AnswerBody(answer, in, maxBytes);
    if (!body.readMeasured()) {
      throw new EOFException("it closes the connection after every answer");
    }
    return body.read.toByteArray();
  }

  /** The same, or all that comes until the connection ends. */
  public static byte[] any(HttpAnswer answer, InputBuffer in, int maxBytes) throws IOException {
    var body = new AnswerBody(answer, in, maxBytes);
    if (!body.readMeasured()) {
      for (int next = in.readOrEnd(); next >= 0; next = in.readOrEnd()) {
        body.allow(1);
        body.read.write(next);
      }
    }
    return body.read.toByteArray();
  }

  private boolean readMeasured() throws IOException {
    String coding = answer.header("transfer-encoding").toLowerCase(Locale.ROOT);
    if (coding.equals("chunked")) {
      readChunks();
      return true;
    }
    if (!coding.isEmpty()) {
      throw new IOException("it sends a body in a coding that nobody asked for");
    }
    boolean measured = !answer.header("content-length").isEmpty();
    if (measured) {
      take(number(answer.header("content-length"), 10));
    }
    return measured;
  }

  private void readChunks() throws IOException {
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      take(size);
      if (!line().isEmpty()) {
        throw new IOException("its body is not in the pieces that it announced");
      }
    }
    for (int lines = 0; !line().isEmpty(); lines++) {
      if (lines == MAX_TRAILERS) {
        throw new IOException("it sends trailers without end");
      }
    }
  }

  private int chunkSize() throws IOException {
    String line = line();
    int end = line.indexOf(';');
    return number((end < 0 ? line : line.substring(0, end)).strip(), HEX);
  }

  private static int number(String digits, int radix) throws IOException {
    int number = 0;
    for (int i = 0; i < digits.length() && i <= MAX_LENGTH_DIGITS; i++) {
      int digit = Character.digit(digits.charAt(i), radix);
      if (digit < 0) {
        throw new IOException("it gives a length that is no number");
      }
      number = number * radix + digit;
    }
    if (digits.isEmpty() || digits.length() > MAX_LENGTH_DIGITS) {
      throw new IOException("it gives a length that cannot be");
    }
    return number;
  }

  private void allow(int more) throws IOException {
    if (more > maxBytes - read.size()) {
      throw new IOException("its body is longer than " + maxBytes + " bytes");
    }
  }

  private void take(int count) throws IOException {
    allow(count);
    byte[] bytes = new byte[count];
    in.readFully(bytes, 0, count);
    read.writeBytes(bytes);
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (line.length() == MAX_LINE_BYTES) {
        throw new IOException("its lines have no end");
      }
      line.append((char) next);
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
  }
}
