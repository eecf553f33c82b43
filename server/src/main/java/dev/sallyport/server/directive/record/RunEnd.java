package dev.sallyport.server.directive.record;

import java.util.OptionalInt;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.directive.life.RunEvent;

/**
 * How a run ended.
 *
 * @param event what ended it
 * @param exitCode of the last program that ran
 * @param reason why it ended so, for people; {@code ""} if there is nothing to say
 * @param truncated whether output was dropped
 * @param value what the action found out
 */
public record RunEnd(RunEvent event, OptionalInt exitCode, String reason, boolean truncated, JsonObject value) {
  /** An end without exit code and value. */
  public static RunEnd of(RunEvent event, String reason) {
    return new RunEnd(event, OptionalInt.empty(), reason, false, JsonObject.EMPTY);
  }
}
