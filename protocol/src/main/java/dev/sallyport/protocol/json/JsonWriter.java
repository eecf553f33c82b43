package dev.sallyport.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.sallyport.protocol.ProtocolException;

/**
 * Writes compact JSON into a growing buffer.
 *
 * <p>Besides what RFC 8259 demands it escapes {@code < > & '}, DEL, the C1 controls and the line separators U+2028 and
 * U+2029. The text can then stand inside an HTML page, a script or a log line and cannot end it.
 */
public final class JsonWriter {
  private static final int FIRST_CAPACITY = 256;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** For each ASCII character: 0 it stands for itself, 'u' it needs the long escape, else the letter of its short escape. */
  private static final byte[] ESCAPE = escapes();

  private byte[] buffer = new byte[FIRST_CAPACITY];
  private int size;
  private int depth;

  JsonWriter() {
  }

  byte[] bytes() {
    return Arrays.copyOf(buffer, size);
  }

  /** Writes an opening bracket or brace. */
  void open(char bracket) {
    if (++depth > JsonLimits.MAX_DEPTH) {
      throw new ProtocolException("JSON nested deeper than " + JsonLimits.MAX_DEPTH);
    }
    ascii(bracket);
  }

  /** Writes a closing bracket or brace. */
  void close(char bracket) {
    depth--;
    ascii(bracket);
  }

  void ascii(char c) {
    reserve(1);
    buffer[size++] = (byte) c;
  }

  void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      buffer[size++] = (byte) text.charAt(i);
    }
  }

  void whole(long value) {
    ascii(Long.toString(value));
  }

  void string(String text) {
    reserve(text.length() + 2);
    buffer[size++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        i += beyondAscii(text, i);
      } else if (ESCAPE[c] == 0) {
        reserve(1);
        buffer[size++] = (byte) c;
      } else {
        escape(c);
      }
    }
    ascii('"');
  }

  /** Writes the code point at i in UTF-8 or escaped; returns how many chars beyond the first it took. */
  private int beyondAscii(String text, int i) {
    char c = text.charAt(i);
    if (c < 0xa0 || c == '\u2028' || c == '\u2029') {
      escape(c);
      return 0;
    }
    reserve(4);
    if (c < 0x800) {
      buffer[size++] = (byte) (0xc0 | (c >> 6));
    } else if (Character.isSurrogate(c)) {
      int point = text.codePointAt(i);
      buffer[size++] = (byte) (0xf0 | (point >> 18));
      buffer[size++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      buffer[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
      buffer[size++] = (byte) (0x80 | (point & 0x3f));
      return 1;
    } else {
      buffer[size++] = (byte) (0xe0 | (c >> 12));
      buffer[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
    }
    buffer[size++] = (byte) (0x80 | (c & 0x3f));
    return 0;
  }

  private void escape(char c) {
    reserve(6);
    buffer[size++] = '\\';
    byte letter = c < 0x80 ? ESCAPE[c] : (byte) 'u';
    buffer[size++] = letter;
    if (letter == 'u') {
      buffer[size++] = HEX[c >> 12];
      buffer[size++] = HEX[(c >> 8) & 0xf];
      buffer[size++] = HEX[(c >> 4) & 0xf];
      buffer[size++] = HEX[c & 0xf];
    }
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(needed, (int) Math.min(buffer.length * 2L, Integer.MAX_VALUE - 8)));
    }
  }

  private static byte[] escapes() {
    byte[] table = new byte[0x80];
    Arrays.fill(table, 0, 0x20, (byte) 'u');
    table['\b'] = 'b';
    table['\t'] = 't';
    table['\n'] = 'n';
    table['\f'] = 'f';
    table['\r'] = 'r';
    table['"'] = '"';
    table['\\'] = '\\';
    table['<'] = 'u';
    table['>'] = 'u';
    table['&'] = 'u';
    table['\''] = 'u';
    table[0x7f] = 'u';
    return table;
  }
}
