package dev.sallyport.operation;

import java.util.OptionalInt;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;

/**
 * How an operation ended, as far as the operation itself can tell; times and output are counted by whoever ran it.
 *
 * @param outcome how
 * @param exitCode of the process, for operations that ran one
 * @param value what it found, or an empty object
 * @param reason for people, why it did not end well and what to do; or empty
 */
public record Ending(Outcome outcome, OptionalInt exitCode, JsonObject value, String reason) {
  /** It found something. */
  public static Ending found(JsonObject value) {
    return new Ending(Outcome.DONE, OptionalInt.empty(), value, "");
  }

  /** It could not be done, or not to the end. */
  public static Ending without(Outcome outcome, String reason) {
    return new Ending(outcome, OptionalInt.empty(), JsonObject.EMPTY, reason);
  }

  /** A process ran and ended with this code. */
  public static Ending exited(Outcome outcome, int exitCode, String reason) {
    return new Ending(outcome, OptionalInt.of(exitCode), JsonObject.EMPTY, reason);
  }
}
