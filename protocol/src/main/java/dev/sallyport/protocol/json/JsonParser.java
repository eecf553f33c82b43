package dev.sallyport.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.sallyport.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value by recursive descent; the recursion is bounded by {@link JsonLimits#maxDepth}.
 *
 * <p>A refusal names the byte where reading stopped and never repeats what stood there.
 */
final class JsonParser {
  private static final int FIRST_ITEMS = 8;

  private final byte[] in;
  private final JsonLimits limits;
  private int at;
  private int depth;

  JsonParser(byte[] in, JsonLimits limits) {
    if (in.length > limits.maxBytes()) {
      throw limits.tooLarge(in.length);
    }
    this.in = in;
    this.limits = limits;
  }

  Json document() {
    Json value = value();
    skipSpace();
    if (at < in.length) {
      throw refused("nothing more");
    }
    return value;
  }

  private Json value() {
    skipSpace();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new JsonString(string());
      case 't' -> literal("true", JsonBool.TRUE);
      case 'f' -> literal("false", JsonBool.FALSE);
      case 'n' -> literal("null", JsonNull.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw refused("a value");
    };
  }

  private JsonObject object() {
    enter();
    Members members = new Members();
    skipSpace();
    if (peek() == '}') {
      at++;
    } else {
      do {
        skipSpace();
        int start = at;
        if (peek() != '"') {
          throw refused("a member name");
        }
        String name = string();
        skipSpace();
        expect(':', "':'");
        if (!members.add(name, value())) {
          throw new ProtocolException("JSON refused at byte " + start + ": member named twice");
        }
      } while (more('}', "',' or '}'"));
    }
    depth--;
    return JsonObject.adopt(members);
  }

  private JsonArray array() {
    enter();
    @Nullable
    Json[] items = new Json[FIRST_ITEMS];
    int count = 0;
    skipSpace();
    if (peek() == ']') {
      at++;
    } else {
      do {
        if (count == items.length) {
          items = Arrays.copyOf(items, count * 2);
        }
        items[count++] = value();
      } while (more(']', "',' or ']'"));
    }
    depth--;
    return JsonArray.adopt(items, count);
  }

  /** Steps over a comma (true) or the closing bracket (false). */
  private boolean more(char close, String what) {
    skipSpace();
    int next = peek();
    if (next != ',' && next != close) {
      throw refused(what);
    }
    at++;
    return next == ',';
  }

  private void enter() {
    if (++depth > limits.maxDepth()) {
      throw new ProtocolException("JSON refused at byte " + at + ": nested deeper than " + limits.maxDepth());
    }
    at++;
  }

  private Json literal(String word, Json value) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (peek() != word.charAt(i)) {
        throw refused("'" + word + "'");
      }
    }
    return value;
  }

  private JsonNumber number() {
    NumberScanner scanner = new NumberScanner(in, at);
    JsonNumber number = scanner.number();
    at = scanner.end();
    return number;
  }

  private String string() {
    at++;
    int start = at;
    while (true) {
      skipPlainAscii();
      int b = peek();
      if (b == '"') {
        return new String(in, start, at++ - start, StandardCharsets.UTF_8);
      }
      if (b == '\\') {
        return escapedString(start);
      }
      stepOverCharacter(b);
    }
  }

  private String escapedString(int start) {
    StringBuilder text = new StringBuilder();
    int segment = start;
    while (true) {
      skipPlainAscii();
      int b = peek();
      if (b == '"' || b == '\\') {
        text.append(new String(in, segment, at - segment, StandardCharsets.UTF_8));
        at++;
        if (b == '"') {
          return text.toString();
        }
        escape(text);
        segment = at;
      } else {
        stepOverCharacter(b);
      }
    }
  }

  /** Most of most strings; bytes are signed, so the rest of UTF-8 is below a space here. */
  private void skipPlainAscii() {
    int i = at;
    while (i < in.length && in[i] >= ' ' && in[i] != '"' && in[i] != '\\') {
      i++;
    }
    at = i;
  }

  private void stepOverCharacter(int b) {
    if (b < 0x20) {
      throw refused("an escaped control character or the rest of a string");
    }
    int length = Unicode.sequenceLength(in, at);
    if (length == 0) {
      throw refused("well-formed UTF-8");
    }
    at += length;
  }

  private void escape(StringBuilder text) {
    int letter = peek();
    at++;
    switch (letter) {
      case '"', '\\', '/' -> text.append((char) letter);
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> unicodeEscape(text);
      default -> {
        at--;
        throw refused("one of \" \\ / b f n r t u after a backslash");
      }
    }
  }

  private void unicodeEscape(StringBuilder text) {
    char c = fourHexDigits();
    text.append(c);
    if (Character.isLowSurrogate(c)) {
      throw refused("a high surrogate before a low one");
    }
    if (Character.isHighSurrogate(c)) {
      expect('\\', "a low surrogate after a high one");
      expect('u', "a low surrogate after a high one");
      char low = fourHexDigits();
      if (!Character.isLowSurrogate(low)) {
        throw refused("a low surrogate after a high one");
      }
      text.append(low);
    }
  }

  private char fourHexDigits() {
    int value = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = hexDigit(peek());
      if (digit < 0) {
        throw refused("four hexadecimal digits");
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  private static int hexDigit(int b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private void expect(char c, String what) {
    if (peek() != c) {
      throw refused(what);
    }
    at++;
  }

  private void skipSpace() {
    while (at < in.length && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
      at++;
    }
  }

  /** The next byte, unsigned; the end of the document is refused, because nothing may be missing where this is asked. */
  private int peek() {
    if (at >= in.length) {
      throw new ProtocolException("JSON refused: it ends too early, after " + in.length + " bytes");
    }
    return in[at] & 0xff;
  }

  private ProtocolException refused(String expected) {
    return new ProtocolException("JSON refused at byte " + at + ": expected " + expected);
  }
}
