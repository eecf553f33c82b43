package dev.sallyport.transport.ftp.client;

import java.io.IOException;

/**
 * Where to connect for a transfer. The address that a server names is never used, only the port: a server behind a gateway names one that
 * leads nowhere, and a hostile one names another victim (RFC 2577). The host is always that of the control connection.
 */
final class PassivePort {
  private static final int MAX_PORT = 65_535;
  private static final int FIELDS = 6;
  private static final int MAX_FIELD = 255;
  private static final int DELIMITERS = 3;

  private PassivePort() {
  }

  /** Of {@code 229 Entering Extended Passive Mode (|||port|)} (RFC 2428 section 3). */
  static int extended(Reply reply) throws IOException {
    String text = reply.lines().getLast();
    int open = text.indexOf('(');
    int close = text.indexOf(')', open + 1);
    if (open < 0 || close < open + DELIMITERS + 2) {
      throw unreadable(reply);
    }
    char delimiter = text.charAt(open + 1);
    for (int i = 1; i <= DELIMITERS; i++) {
      if (text.charAt(open + i) != delimiter) {
        throw unreadable(reply);
      }
    }
    if (text.charAt(close - 1) != delimiter) {
      throw unreadable(reply);
    }
    return port(number(text, open + DELIMITERS + 1, close - 1, MAX_PORT, reply), reply);
  }

  /** Of {@code 227 Entering Passive Mode (h1,h2,h3,h4,p1,p2)}, the brackets being optional (RFC 1123 section 4.1.2.6). */
  static int plain(Reply reply) throws IOException {
    String text = reply.lines().getLast();
    int from = text.indexOf('(') + 1;
    if (from == 0) {
      from = firstDigitBehindCode(text);
    }
    int[] fields = new int[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
      int to = from;
      while (to < text.length() && Character.isDigit(text.charAt(to))) {
        to++;
      }
      fields[i] = number(text, from, to, MAX_FIELD, reply);
      if (i < FIELDS - 1 && (to >= text.length() || text.charAt(to) != ',')) {
        throw unreadable(reply);
      }
      from = to + 1;
    }
    return port(fields[FIELDS - 2] << Byte.SIZE | fields[FIELDS - 1], reply);
  }

  private static int firstDigitBehindCode(String text) {
    int at = Math.min("227".length(), text.length());
    while (at < text.length() && !Character.isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int number(String text, int from, int to, int most, Reply reply) throws IOException {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw unreadable(reply);
      }
      value = value * 10 + digit;
      if (value > most) {
        throw unreadable(reply);
      }
    }
    if (from >= to) {
      throw unreadable(reply);
    }
    return value;
  }

  private static int port(int port, Reply reply) throws IOException {
    if (port == 0) {
      throw unreadable(reply);
    }
    return port;
  }

  private static IOException unreadable(Reply reply) {
    return new IOException("the FTP server named no port for a transfer: " + reply);
  }
}
