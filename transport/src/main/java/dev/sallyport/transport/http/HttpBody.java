package dev.sallyport.transport.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;

import dev.sallyport.transport.socket.InputBuffer;

/** Reads the body of an answer, as its head says it comes (RFC 9112 section 6): by length, in chunks, or to the end of the connection. */
public final class HttpBody {
  private static final int MAX_CHUNK_LINE = 256; // characters
  private static final int MAX_TRAILER_LINES = 16;
  private static final int DECIMAL = 10;
  private static final int HEX = 16;

  private final InputBuffer in;
  private final int max;

  private HttpBody(InputBuffer in, int max) {
    this.in = in;
    this.max = max;
  }

  /**
   * Reads it to its end.
   *
   * @param max most bytes it may have
   * @throws HttpAnswer.NotHttp if it is larger, or comes in a way that HTTP/1.1 does not know
   */
  public static byte[] read(HttpAnswer answer, InputBuffer in, int max) throws IOException {
    var body = new HttpBody(in, max);
    String coding = answer.header("transfer-encoding").toLowerCase(Locale.ROOT);
    if (!answer.header("content-encoding").isEmpty()) {
      throw new HttpAnswer.NotHttp(
          "an answer in the coding " + answer.header("content-encoding") + " that nobody asked for");
    }
    if (!coding.isEmpty()) {
      if (!coding.equals("chunked")) {
        throw new HttpAnswer.NotHttp("the transfer coding " + coding);
      }
      return body.chunks();
    }
    String length = answer.header("content-length");
    return length.isEmpty() ? body.toTheEnd() : body.exactly(body.length(length, DECIMAL));
  }

  /** Whether another request can follow on the same connection. */
  public static boolean staysOpen(HttpAnswer answer) {
    boolean delimited = !answer.header("transfer-encoding").isEmpty() || !answer.header("content-length").isEmpty();
    String connection = answer.header("connection").toLowerCase(Locale.ROOT);
    return delimited && !connection.contains("close")
        && (answer.minorVersion() > 0 || connection.contains("keep-alive"));
  }

  private byte[] exactly(int length) throws IOException {
    byte[] body = new byte[length];
    in.readFully(body, 0, length);
    return body;
  }

  private byte[] toTheEnd() throws IOException {
    var body = new ByteArrayOutputStream();
    for (int next = in.readOrEnd(); next >= 0; next = in.readOrEnd()) {
      if (body.size() == max) {
        throw tooLarge();
      }
      body.write(next);
    }
    return body.toByteArray();
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (int length = chunkLength(); length > 0; length = chunkLength()) {
      if (body.size() + length > max) {
        throw tooLarge();
      }
      body.write(exactly(length));
      if (!line().isEmpty()) {
        throw new HttpAnswer.NotHttp("a chunk longer than it said");
      }
    }
    for (int i = 0; !line().isEmpty(); i++) {
      if (i == MAX_TRAILER_LINES) {
        throw new HttpAnswer.NotHttp("a trailer without end");
      }
    }
    return body.toByteArray();
  }

  private int chunkLength() throws IOException {
    String line = line();
    int end = line.indexOf(';');
    return length((end < 0 ? line : line.substring(0, end)).strip(), HEX);
  }

  private int length(String digits, int radix) throws IOException {
    long length;
    try {
      length = digits.startsWith("+") || digits.startsWith("-") ? -1 : Long.parseLong(digits, radix);
    } catch (NumberFormatException e) {
      length = -1;
    }
    if (length < 0) {
      throw new HttpAnswer.NotHttp("a length of \"" + digits + "\"");
    }
    if (length > max) {
      throw tooLarge();
    }
    return (int) length;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (line.length() == MAX_CHUNK_LINE) {
        throw new HttpAnswer.NotHttp("a line without end between chunks");
      }
      line.append((char) next);
    }
    if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
      throw new HttpAnswer.NotHttp("a line between chunks that does not end as it must");
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  private HttpAnswer.NotHttp tooLarge() {
    return new HttpAnswer.NotHttp("more than " + max + " bytes");
  }
}
