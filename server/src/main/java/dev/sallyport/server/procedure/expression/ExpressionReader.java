package dev.sallyport.server.procedure.expression;

import java.util.ArrayList;
import java.util.Optional;

import dev.sallyport.protocol.json.JsonBool;
import dev.sallyport.protocol.json.JsonNull;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonString;
import dev.sallyport.server.procedure.yaml.Place;
import dev.sallyport.server.procedure.yaml.SourceException;

/**
 * Reads an expression:
 *
 * <pre>
 * any      = all {"or" all}            all   = not {"and" not}         not = ["not"] compared
 * compared = simple [("==" | "!=" | "&lt;" | "&lt;=" | ">" | ">=" | "contains") simple]
 * simple   = number | 'text' | "text" | true | false | none | reference | "(" any ")"
 * reference = name {"." name | "[" number "]"}
 * </pre>
 */
public final class ExpressionReader {
  /** Most characters. */
  static final int MAX_CHARACTERS = 1_000;
  /** Most brackets and negations within one another. */
  static final int MAX_DEPTH = 20;
  private static final int MAX_DIGITS = 15;

  private final String text;
  private final Place start;
  private int at;
  private int depth;

  private ExpressionReader(String text, Place start) {
    this.text = text;
    this.start = start;
  }

  /**
   * Reads a whole text.
   *
   * @param start where its first character stands
   * @throws SourceException where it is no expression
   */
  public static Expression read(String text, Place start) {
    if (text.length() > MAX_CHARACTERS) {
      throw new SourceException(start, "an expression has at most " + MAX_CHARACTERS + " characters");
    }
    var reader = new ExpressionReader(text, start);
    Expression expression = reader.any();
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.wrong("\"" + reader.rest() + "\" is not understood here; compare with == != < <= > >= contains, "
          + "join with and, or");
    }
    return expression;
  }

  private Expression any() {
    Expression left = all();
    while (word("or")) {
      left = new Expression.Joined(false, left, all());
    }
    return left;
  }

  private Expression all() {
    Expression left = not();
    while (word("and")) {
      left = new Expression.Joined(true, left, not());
    }
    return left;
  }

  private Expression not() {
    if (!word("not")) {
      return compared();
    }
    deeper();
    Expression negated = new Expression.Not(not());
    depth--;
    return negated;
  }

  private Expression compared() {
    Expression left = simple();
    Optional<Comparison> by = comparison();
    return by.isPresent() ? new Expression.Compared(by.get(), left, simple()) : left;
  }

  private Optional<Comparison> comparison() {
    if (word(Comparison.CONTAINS.word())) {
      return Optional.of(Comparison.CONTAINS);
    }
    blanks();
    for (int length = 2; length > 0; length--) {
      if (at + length <= text.length()) {
        Optional<Comparison> found = Comparison.ofWord(text.substring(at, at + length));
        if (found.isPresent()) {
          at += length;
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Expression simple() {
    blanks();
    if (at == text.length()) {
      throw wrong("a value is missing; write a number, a 'text' or a name such as inputs.package");
    }
    char c = text.charAt(at);
    if (c == '(') {
      return bracket();
    }
    if (c == '\'' || c == '"') {
      return quoted(c);
    }
    if (c == '-' || isDigit(c)) {
      return number();
    }
    return isLetter(c) ? named() : refuse(c);
  }

  private Expression refuse(char c) {
    throw wrong("\"" + c + "\" cannot begin a value; write a number, a 'text' or a name such as inputs.package");
  }

  private Expression bracket() {
    at++;
    deeper();
    Expression inner = any();
    depth--;
    blanks();
    if (at == text.length() || text.charAt(at) != ')') {
      throw wrong("a closing bracket is missing");
    }
    at++;
    return inner;
  }

  private Expression quoted(char quote) {
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw wrong("the text has no closing " + quote);
    }
    String inner = text.substring(at + 1, end);
    at = end + 1;
    return new Expression.Constant(new JsonString(inner));
  }

  private Expression number() {
    int from = at;
    at++;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    String digits = text.substring(from, at);
    if (digits.equals("-") || digits.length() > MAX_DIGITS) {
      at = from;
      throw wrong("expected a whole number of at most " + MAX_DIGITS + " digits");
    }
    return new Expression.Constant(new JsonNumber.Whole(Long.parseLong(digits)));
  }

  private Expression named() {
    Place place = start.plus(at);
    String name = name();
    return switch (name) {
      case "true", "false" -> new Expression.Constant(JsonBool.of(name.equals("true")));
      case "none" -> new Expression.Constant(JsonNull.NULL);
      case "and", "or", "not", "contains" -> {
        at -= name.length();
        throw wrong("\"" + name + "\" needs a value before it");
      }
      default -> reference(place, name);
    };
  }

  private Expression reference(Place place, String name) {
    var parts = new ArrayList<Expression.Part>();
    while (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == '[')) {
      if (text.charAt(at++) == '.') {
        if (at == text.length() || !isLetter(text.charAt(at))) {
          throw wrong("a name is missing after the dot");
        }
        parts.add(new Expression.Part.Field(name()));
      } else {
        parts.add(item());
      }
    }
    return new Expression.Reference(place, name, parts);
  }

  private Expression.Part item() {
    int close = text.indexOf(']', at);
    String digits = close < 0 ? "" : text.substring(at, close).strip();
    if (digits.isEmpty() || digits.length() > 6 || !digits.chars().allMatch(c -> isDigit((char) c))) {
      throw wrong("expected the number of an item and a closing bracket, as in list[0]");
    }
    at = close + 1;
    return new Expression.Part.Item(Integer.parseInt(digits));
  }

  private String name() {
    int from = at;
    while (at < text.length() && isInName(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  /** Takes a word if it comes next. */
  private boolean word(String word) {
    blanks();
    int end = at + word.length();
    boolean found = text.startsWith(word, at)
        && (end == text.length() || !isInName(text.charAt(end)));
    if (found) {
      at = end;
    }
    return found;
  }

  private void deeper() {
    if (++depth > MAX_DEPTH) {
      throw wrong("this is nested more than " + MAX_DEPTH + " times");
    }
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private String rest() {
    return text.substring(at, Math.min(text.length(), at + 20));
  }

  private SourceException wrong(String detail) {
    return new SourceException(start.plus(at), detail);
  }

  private static boolean isInName(char c) {
    return isLetter(c) || isDigit(c) || c == '-';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
