package dev.sallyport.cli.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP/1.1 answer, and its body as RFC 9112 section 6.3 delimits it.
 *
 * @param body ends where the answer's does; an answer that was cut is an {@link EOFException}
 */
record BulkAnswer(int status, InputStream body) {
  private static final int MAX_HEAD_BYTES = 64 << 10;
  private static final int MAX_LINE_BYTES = 16 << 10;
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int PIECE_BYTES = 16 << 10;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,8})[ \\t]*(;.*)?");
  private static final int HEXADECIMAL = 16;

  static BulkAnswer read(InputStream in) throws IOException {
    Matcher first = STATUS.matcher(line(in));
    if (!first.matches()) {
      throw new ProtocolException("what answers does not speak HTTP/1.1");
    }
    int status = Integer.parseInt(first.group(1));
    Map<String, String> headers = headers(in);
    String length = headers.getOrDefault("content-length", "");
    if (status < OK || status == NO_CONTENT || status == NOT_MODIFIED) {
      return new BulkAnswer(status, InputStream.nullInputStream());
    }
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return new BulkAnswer(status, new Chunked(new BufferedInputStream(in, PIECE_BYTES)));
    }
    if (length.isEmpty()) {
      return new BulkAnswer(status, in);
    }
    if (!LENGTH.matcher(length).matches()) {
      throw new ProtocolException("the answer's length makes no sense");
    }
    return new BulkAnswer(status, new Counted(in, Long.parseLong(length)));
  }

  /** Whether another answer follows (RFC 9110 section 15.2). */
  boolean isInterim() {
    return status < OK;
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    var headers = new HashMap<String, String>();
    int bytes = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      bytes += line.length();
      int colon = line.indexOf(':');
      if (colon <= 0 || bytes > MAX_HEAD_BYTES) {
        throw new ProtocolException("the answer's head makes no sense");
      }
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server ended the connection without an answer");
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new ProtocolException("the answer's head makes no sense");
      }
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  /** As many bytes as were announced. */
  private static final class Counted extends InputStream {
    private final InputStream in;
    private long left;

    Counted(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0 || length == 0) {
        return length == 0 ? 0 : -1;
      }
      int count = in.read(into, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw new EOFException("the server ended it too early");
      }
      left -= count;
      return count;
    }
  }

  /** Pieces that each say how long they are (RFC 9112 section 7.1); what follows the last is of no use here. */
  private static final class Chunked extends InputStream {
    private final InputStream in;
    private Counted piece;
    private boolean begun;
    private boolean over;

    Chunked(InputStream in) {
      this.in = in;
      this.piece = new Counted(in, 0);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length > 0 && !over && piece.left == 0) {
        next();
      }
      return over ? -1 : piece.read(into, offset, length);
    }

    private void next() throws IOException {
      if (begun && !line(in).isEmpty()) {
        throw new ProtocolException("a piece of the answer is longer than it says");
      }
      begun = true;
      Matcher size = CHUNK.matcher(line(in));
      if (!size.matches()) {
        throw new ProtocolException("a piece of the answer does not say how long it is");
      }
      piece = new Counted(in, Long.parseLong(size.group(1), HEXADECIMAL));
      over = piece.left == 0;
    }
  }
}
