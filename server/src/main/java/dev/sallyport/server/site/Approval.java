package dev.sallyport.server.site;

import dev.sallyport.protocol.ProtocolException;

/** Whether a machine that enrols may take directives at once. */
public enum Approval {
  /** At once. */
  AUTO("auto"),
  /** After an operator has approved it. */
  MANUAL("manual");

  private final String word;

  Approval(String word) {
    this.word = word;
  }

  /** The word used in the API and in the database. */
  public String word() {
    return word;
  }

  /**
   * The approval of that word.
   *
   * @throws ProtocolException if there is none
   */
  public static Approval ofWord(String word) {
    return switch (word) {
      case "auto" -> AUTO;
      case "manual" -> MANUAL;
      default -> throw new ProtocolException("expected auto or manual");
    };
  }
}
