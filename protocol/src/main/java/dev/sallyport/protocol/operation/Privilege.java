package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.ProtocolException;

/** What an operation needs from the operating system. */
public enum Privilege {
  /** Any account will do. */
  ORDINARY("ordinary"),
  /** Needs root, SYSTEM or an administrator. */
  ELEVATED("elevated");

  private final String word;

  Privilege(String word) {
    this.word = word;
  }

  /** Returns the word on the wire. */
  public String word() {
    return word;
  }

  /**
   * Returns the constant with this word.
   *
   * @throws ProtocolException if there is none
   */
  public static Privilege ofWord(String word) {
    return switch (word) {
      case "ordinary" -> ORDINARY;
      case "elevated" -> ELEVATED;
      default -> throw new ProtocolException("expected a privilege: ordinary, elevated");
    };
  }
}
