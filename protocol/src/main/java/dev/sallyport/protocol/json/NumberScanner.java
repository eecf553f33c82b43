package dev.sallyport.protocol.json;

import java.nio.charset.StandardCharsets;

import dev.sallyport.protocol.ProtocolException;

/** Reads one number (RFC 8259 section 6) out of a document. */
final class NumberScanner {
  /** Longest spelling of a number that is read, in characters; it bounds the work of decimal conversion. */
  static final int MAX_LENGTH = 64;

  private final byte[] in;
  private final int start;
  private int at;

  NumberScanner(byte[] in, int start) {
    this.in = in;
    this.start = start;
    this.at = start;
  }

  int end() {
    return at;
  }

  JsonNumber number() {
    if (next() == '-') {
      at++;
    }
    int firstDigit = at;
    digits();
    if (in[firstDigit] == '0' && at - firstDigit > 1) {
      throw refused("no leading zero");
    }
    boolean whole = true;
    if (next() == '.') {
      at++;
      digits();
      whole = false;
    }
    if (next() == 'e' || next() == 'E') {
      at++;
      if (next() == '+' || next() == '-') {
        at++;
      }
      digits();
      whole = false;
    }
    if (at - start > MAX_LENGTH) {
      throw refused("a number of at most " + MAX_LENGTH + " characters");
    }
    return whole ? whole(firstDigit) : real();
  }

  private void digits() {
    int first = at;
    while (next() >= '0' && next() <= '9') {
      at++;
    }
    if (at == first) {
      throw refused("a digit");
    }
  }

  /** Counts downwards, because the range of {@code long} has one more negative number. */
  private JsonNumber whole(int firstDigit) {
    boolean negative = firstDigit > start;
    long value = 0;
    for (int i = firstDigit; i < at; i++) {
      int digit = in[i] - '0';
      if (value < (Long.MIN_VALUE + digit) / 10) {
        throw refused("a whole number within 64 bits");
      }
      value = value * 10 - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw refused("a whole number within 64 bits");
    }
    return new JsonNumber.Whole(negative ? value : -value);
  }

  private JsonNumber real() {
    double value = Double.parseDouble(new String(in, start, at - start, StandardCharsets.ISO_8859_1));
    if (Double.isInfinite(value)) {
      throw refused("a number within the range of a double");
    }
    return new JsonNumber.Real(value);
  }

  private int next() {
    return at < in.length ? in[at] : -1;
  }

  private ProtocolException refused(String expected) {
    return new ProtocolException("JSON refused in the number at byte " + start + ": expected " + expected);
  }
}
