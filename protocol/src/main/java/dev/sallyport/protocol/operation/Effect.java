package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.ProtocolException;

/** Whether an operation may change the machine, and so whether running it twice matters. */
public enum Effect {
  /** Looks only: may be repeated freely and is never journalled. */
  READ("read"),
  /** May change something: journalled, run at most once per {@link OperationId}. */
  CHANGE("change");

  private final String word;

  Effect(String word) {
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
  public static Effect ofWord(String word) {
    return switch (word) {
      case "read" -> READ;
      case "change" -> CHANGE;
      default -> throw new ProtocolException("expected an effect: read, change");
    };
  }
}
