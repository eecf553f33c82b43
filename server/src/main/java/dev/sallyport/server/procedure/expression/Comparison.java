package dev.sallyport.server.procedure.expression;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;

/** How two values can be compared. Numbers are compared by size, texts by their characters; others are equal or not, and never less. */
public enum Comparison {
  /** Equal. */
  EQUAL("=="),
  /** Not equal. */
  DIFFERENT("!="),
  /** At most as large. */
  AT_MOST("<="),
  /** At least as large. */
  AT_LEAST(">="),
  /** Smaller. */
  LESS("<"),
  /** Larger. */
  MORE(">"),
  /** A text that holds another, a list that holds an item, an object that has a field. */
  CONTAINS("contains");

  private final String word;

  Comparison(String word) {
    this.word = word;
  }

  /** As it is written. */
  public String word() {
    return word;
  }

  /** The comparison that is written so, if there is one. */
  static Optional<Comparison> ofWord(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  boolean holds(Json left, Json right) {
    OptionalInt order = Values.order(left, right);
    return switch (this) {
      case EQUAL -> Values.equal(left, right);
      case DIFFERENT -> !Values.equal(left, right);
      case AT_MOST -> order.isPresent() && order.getAsInt() <= 0;
      case AT_LEAST -> order.isPresent() && order.getAsInt() >= 0;
      case LESS -> order.isPresent() && order.getAsInt() < 0;
      case MORE -> order.isPresent() && order.getAsInt() > 0;
      case CONTAINS -> contains(left, right);
    };
  }

  private static boolean contains(Json holder, Json held) {
    return switch (holder) {
      case JsonArray array -> Values.items(array).stream().anyMatch(item -> Values.equal(item, held));
      case JsonString(String text) when held instanceof JsonString(String part) -> text.contains(part);
      case JsonObject object when held instanceof JsonString(String name) -> object.has(name);
      default -> false;
    };
  }
}
