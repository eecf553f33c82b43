package dev.sallyport.transport.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

import dev.sallyport.transport.http.HttpAnswer;
import dev.sallyport.transport.socket.InputBuffer;

/** The page that a proxy sends along with a refusal (RFC 9112 section 6): of no interest, but it stands before the next answer. */
final class AnswerBody {
  /** Most bytes of such a page; a proxy that has more to say is not listened to. */
  static final int MAX_BYTES = 256 << 10;

  private static final int MAX_LENGTH_DIGITS = 7;
  private static final int MAX_LINE_BYTES = 1_024;
  private static final int HEX = 16;

  private AnswerBody() {
  }

  /** @throws IOException if it has no length, or too much of it */
  static void skip(HttpAnswer answer, InputBuffer in) throws IOException {
    String coding = answer.header("transfer-encoding").toLowerCase(Locale.ROOT);
    if (coding.equals("chunked")) {
      skipChunks(in);
    } else if (coding.isEmpty() && !answer.header("content-length").isEmpty()) {
      skip(in, number(answer.header("content-length"), 10), MAX_BYTES);
    } else {
      throw new EOFException("it closes the connection after every answer");
    }
  }

  private static void skipChunks(InputBuffer in) throws IOException {
    int left = MAX_BYTES;
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      skip(in, size, left);
      left -= size;
      requireEmpty(line(in));
    }
    for (int lines = 0; !line(in).isEmpty(); lines++) {
      if (lines == HEX) {
        throw new IOException("it sends trailers without end");
      }
    }
  }

  private static int chunkSize(InputBuffer in) throws IOException {
    String line = line(in);
    int end = line.indexOf(';');
    return number((end < 0 ? line : line.substring(0, end)).strip(), HEX);
  }

  private static int number(String digits, int radix) throws IOException {
    try {
      if (!digits.isEmpty() && digits.length() <= MAX_LENGTH_DIGITS && digits.charAt(0) != '-'
          && digits.charAt(0) != '+') {
        return Integer.parseInt(digits, radix);
      }
    } catch (NumberFormatException e) {
      throw new IOException("it gives a length that is no number", e);
    }
    throw new IOException("it gives a length that cannot be");
  }

  private static void skip(InputBuffer in, int count, int allowed) throws IOException {
    if (count > allowed) {
      throw new IOException("its page is longer than " + MAX_BYTES + " bytes");
    }
    for (int i = 0; i < count; i++) {
      in.read();
    }
  }

  private static void requireEmpty(String line) throws IOException {
    if (!line.isEmpty()) {
      throw new IOException("its page is not in the pieces that it announced");
    }
  }

  private static String line(InputBuffer in) throws IOException {
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
