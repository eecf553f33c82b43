package dev.sallyport.server.web;

import org.jspecify.annotations.Nullable;

/** Reads members of a request's body: says which one is missing or wrong. */
public final class Body {

  private Body() {
  }

  /** The member's value; a problem if it is missing. */
  public static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new ProblemException(Problem.invalidField(field, "The member is missing.", "Add it."));
    }
    return value;
  }

  /** The text, if it is not empty and not longer than this many characters; a problem otherwise. */
  public static String text(String field, @Nullable String value, int maxChars) {
    String text = required(field, value);
    if (text.isBlank() || text.length() > maxChars) {
      throw new ProblemException(Problem.invalidField(field, "The text is empty or too long.",
          "Use 1 to " + maxChars + " characters."));
    }
    return text;
  }
}
