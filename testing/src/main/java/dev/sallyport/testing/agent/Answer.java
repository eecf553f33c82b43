package dev.sallyport.testing.agent;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;

/**
 * What a fake agent says to an operation.
 *
 * @param output in the order it is emitted
 * @param result the end
 */
public record Answer(List<Piece> output, OperationResult result) {
  /** Copies the pieces. */
  public Answer {
    output = List.copyOf(output);
  }

  /**
   * A piece of output.
   *
   * @param channel standard output or standard error
   * @param bytes any number of them
   */
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  public record Piece(OutputChannel channel, byte[] bytes) {}

  /** No output, and this was found. */
  public static Answer found(JsonObject value) {
    return new Answer(List.of(), OperationResult.found(Instant.EPOCH, Instant.EPOCH, value));
  }

  /** A program that printed this and ended well. */
  public static Answer printed(String text) {
    return printed(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A program that printed these bytes and ended well. */
  public static Answer printed(byte[] bytes) {
    return new Answer(List.of(new Piece(OutputChannel.STDOUT, bytes)),
        new OperationResult(Outcome.DONE, OptionalInt.of(0),
            Instant.EPOCH, Instant.EPOCH, bytes.length, false, JsonObject.EMPTY, ""));
  }

  /** No output, and this outcome. */
  public static Answer without(Outcome outcome, String reason) {
    return new Answer(List.of(), OperationResult.without(outcome, Instant.EPOCH, Instant.EPOCH, reason));
  }
}
