package dev.sallyport.server.directive.life;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.operation.Outcome;

/**
 * Where one run (one directive on one machine) stands. The states differ in <em>who may end the run</em>: while it is queued
 * the server alone may, once it is running only the machine knows whether anything happened.
 */
public sealed interface RunState {
  /** Never offered to the machine, in this life of the server or an earlier one. */
  record Queued() implements RunState {}

  /**
   * Offered to the machine: it may have started. Stored before the first byte goes out, so that a crash between storing and
   * sending errs towards asking the machine again, never towards forgetting.
   *
   * @param cancelling an operator asked to cancel; the machine must not start it any more and stops it if it did
   */
  record Running(boolean cancelling) implements RunState {}

  /** Over for good; nothing changes it any more. */
  record Ended(Outcome outcome) implements RunState {}

  /** True when nothing can happen to the run any more. */
  default boolean ended() {
    return this instanceof Ended;
  }

  /** The word stored in the database; {@link #ofWord} reads it back. */
  default String word() {
    return switch (this) {
      case Queued _ -> "queued";
      case Running(boolean cancelling) -> cancelling ? "cancelling" : "running";
      case Ended(Outcome outcome) -> outcome.word();
    };
  }

  /** The word operators see: a run that is being cancelled still runs. */
  default String shown() {
    return this instanceof Running ? "running" : word();
  }

  /**
   * Reads a stored word.
   *
   * @throws ProtocolException for a word no version of this software wrote
   */
  static RunState ofWord(String word) {
    return switch (word) {
      case "queued" -> new Queued();
      case "running" -> new Running(false);
      case "cancelling" -> new Running(true);
      default -> new Ended(Outcome.ofWord(word));
    };
  }
}
