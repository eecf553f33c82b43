package dev.sallyport.transport.ftp.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.transport.socket.InputBuffer;

/** Reads replies, of one line or of several (RFC 959 section 4.2), and lines. */
final class ReplyReader {
  /** Most bytes of a line, with its end. */
  static final int MAX_LINE_BYTES = 1_024;
  /** Most lines of one reply: greetings may be long, features many. */
  static final int MAX_REPLY_LINES = 200;

  private static final int CODE_DIGITS = 3;
  private static final int MAX_QUOTED = 60; // characters
  private static final int BASE = 10;

  private ReplyReader() {
  }

  /** @throws IOException if the connection ended, or what came is no reply */
  static Reply read(InputBuffer in) throws IOException {
    List<String> lines = new ArrayList<>();
    String first = line(in);
    int code = code(first);
    lines.add(first);
    if (first.length() > CODE_DIGITS && first.charAt(CODE_DIGITS) == '-') {
      String end = first.substring(0, CODE_DIGITS) + " ";
      String next;
      do {
        if (lines.size() == MAX_REPLY_LINES) {
          throw new IOException("the FTP server's answer has more than " + MAX_REPLY_LINES + " lines");
        }
        next = line(in);
        lines.add(next);
      } while (!next.startsWith(end) && !next.equals(end.strip()));
    }
    return new Reply(code, lines);
  }

  private static int code(String line) throws IOException {
    boolean whole = line.length() == CODE_DIGITS
        || (line.length() > CODE_DIGITS && (line.charAt(CODE_DIGITS) == ' ' || line.charAt(CODE_DIGITS) == '-'));
    int code = 0;
    for (int i = 0; whole && i < CODE_DIGITS; i++) {
      int digit = line.charAt(i) - '0';
      whole = digit >= (i == 0 ? 1 : 0) && digit <= (i == 0 ? BASE / 2 : BASE - 1);
      code = code * BASE + digit;
    }
    if (!whole) {
      throw new IOException("what answers there speaks no FTP: \"" + PlainText.clean(line, MAX_QUOTED) + "\"");
    }
    return code;
  }

  /** A line of a reply without its end, CR LF or, leniently, LF. */
  private static String line(InputBuffer in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.readOrEnd(); next != '\n'; next = in.readOrEnd()) {
      if (next < 0) {
        throw new EOFException("the FTP server closed the connection");
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new IOException("the FTP server's answer has a line of more than " + MAX_LINE_BYTES + " bytes");
      }
      line.write(next);
    }
    return withoutReturn(line.toString(StandardCharsets.UTF_8));
  }

  static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
