package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.ProtocolException;

/** How an operation, or a whole directive on one machine, ended. */
public enum Outcome {
  /** It ran to its end and did what was asked; a program's exit code is 0. */
  DONE("done"),
  /** It ran and did not succeed; the reason or the exit code tells why. */
  FAILED("failed"),
  /** It was not started, because a rule forbids it. */
  REFUSED("refused"),
  /** This machine or this agent cannot do it. */
  UNSUPPORTED("unsupported"),
  /** Its time was over, before it started or while it ran. */
  EXPIRED("expired"),
  /** Somebody stopped it. */
  CANCELLED("cancelled"),
  /** It was started, and a crash hides how it ended; it is not run again by itself. */
  UNKNOWN("unknown");

  private final String word;

  Outcome(String word) {
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
  public static Outcome ofWord(String word) {
    return switch (word) {
      case "done" -> DONE;
      case "failed" -> FAILED;
      case "refused" -> REFUSED;
      case "unsupported" -> UNSUPPORTED;
      case "expired" -> EXPIRED;
      case "cancelled" -> CANCELLED;
      case "unknown" -> UNKNOWN;
      default -> throw new ProtocolException(
          "expected an outcome: done, failed, refused, unsupported, expired, cancelled, unknown");
    };
  }
}
