package dev.sallyport.transport.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.sallyport.transport.socket.InputBuffer;

/**
 * The head of an HTTP/1.1 answer, or of HTTP/1.0 as some proxies give it (RFC 9112), read strictly: lines end in CR LF, no line is folded, all together are at most
 * {@value #MAX_BYTES} bytes. A header that came twice has its values joined by a comma, so that no single value fits.
 *
 * @param minorVersion 1, or 0 where HTTP/1.0 is understood too
 * @param status 100 to 599
 * @param headers by lower-case name
 */
public record HttpAnswer(int minorVersion, int status, Map<String, String> headers) {
  /** Most bytes of a head. */
  public static final int MAX_BYTES = 8_192;

  private static final String VERSION = "HTTP/1.";
  private static final int VERSION_LENGTH = "HTTP/1.1 ".length();
  private static final int STATUS_DIGITS = 3;
  private static final int MIN_STATUS = 100;
  private static final int MAX_STATUS = 599;

  /** A header's value, or the empty text. */
  public String header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, "");
  }

  /**
   * Reads the head of an HTTP/1.1 answer and no byte more.
   *
   * @throws NotHttp if this is no such head
   */
  public static HttpAnswer read(InputBuffer in) throws IOException {
    return read(in, "1");
  }

  /**
   * Reads the head of an answer in HTTP/1.1 or, as some proxies give it, HTTP/1.0.
   *
   * @throws NotHttp if this is no such head
   */
  public static HttpAnswer readOfProxy(InputBuffer in) throws IOException {
    return read(in, "01");
  }

  private static HttpAnswer read(InputBuffer in, String minorVersions) throws IOException {
    Lines lines = new Lines(in);
    String first = lines.next();
    int status = status(first, minorVersions);
    Map<String, String> headers = new HashMap<>();
    for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
      int colon = line.indexOf(':');
      if (colon < 1 || line.charAt(0) <= ' ') {
        throw new NotHttp(line);
      }
      headers.merge(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip(),
          (one, other) -> one + ", " + other);
    }
    return new HttpAnswer(first.charAt(VERSION.length()) - '0', status, headers);
  }

  private static int status(String line, String minorVersions) throws NotHttp {
    int end = VERSION_LENGTH + STATUS_DIGITS;
    boolean whole = line.length() == end || (line.length() > end && line.charAt(end) == ' ');
    if (!whole || !line.startsWith(VERSION) || minorVersions.indexOf(line.charAt(VERSION.length())) < 0
        || line.charAt(VERSION_LENGTH - 1) != ' ') {
      throw new NotHttp(line);
    }
    int status = 0;
    for (int i = VERSION_LENGTH; i < end; i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new NotHttp(line);
      }
      status = 10 * status + digit;
    }
    if (status < MIN_STATUS || status > MAX_STATUS) {
      throw new NotHttp(line);
    }
    return status;
  }

  /** The answer is something else; the message is what it said. */
  public static final class NotHttp extends IOException {
    private static final long serialVersionUID = 1L;

    NotHttp(String said) {
      super(said);
    }
  }

  /** The lines of one head, together no longer than the limit. */
  private static final class Lines {
    private final InputBuffer in;
    private final byte[] line = new byte[MAX_BYTES];
    private int left = MAX_BYTES;

    Lines(InputBuffer in) {
      this.in = in;
    }

    String next() throws IOException {
      int length = 0;
      int previous = 0;
      for (int next = byteOrEnd(length); previous != '\r' || next != '\n'; next = byteOrEnd(length)) {
        line[length++] = (byte) next;
        previous = next;
      }
      return text(length - 1);
    }

    private int byteOrEnd(int length) throws IOException {
      if (left-- == 0) {
        throw new NotHttp(text(length));
      }
      int next = in.readOrEnd();
      if (next < 0) {
        if (length > 0) {
          throw new NotHttp(text(length));
        }
        throw new EOFException("it closed the connection");
      }
      return next;
    }

    private String text(int length) {
      return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }
  }
}
