package dev.sallyport.protocol.channel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.OperationDescription;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Operations;

/**
 * How the server opens the stream of an operation; the arguments follow as data. Opening a known id again attaches to what
 * is running or stored.
 *
 * @param id of the operation
 * @param operation its name, which this agent may not know: it then answers {@code unsupported}
 * @param from how many bytes of output the server already holds; output resumes there
 * @param latestStart the agent does not begin after this time by its own clock, in whole milliseconds
 * @param argumentBytes how many bytes of data are the arguments, when an input of at most {@link
 *   dev.sallyport.protocol.operation.InputDigest#MAX_BYTES} bytes follows them; 0 when all data are arguments
 */
public record OpenMetadata(OperationId id, String operation, long from, Instant latestStart, int argumentBytes) {
  /** Most bytes of the metadata of an OPEN frame. */
  public static final int MAX_BYTES = 4096;

  private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 1);

  /** Checks, and cuts the time to the milliseconds that travel. */
  public OpenMetadata {
    PlainText.requireNonEmpty("op", operation, OperationDescription.MAX_NAME_LENGTH);
    if (from < 0 || from > Limits.MAX_OUTPUT_BYTES) {
      throw new ProtocolException("from: expected 0 to " + Limits.MAX_OUTPUT_BYTES + ", found " + from);
    }
    if (latestStart.isBefore(Instant.EPOCH) || latestStart.isAfter(JsonObject.MAX_INSTANT)) {
      throw new ProtocolException("exp: expected a time from 1970 to 9999");
    }
    if (argumentBytes < 0 || argumentBytes > Operations.MAX_ARGUMENT_BYTES) {
      throw new ProtocolException(
          "args: expected at most " + Operations.MAX_ARGUMENT_BYTES + ", found " + argumentBytes);
    }
    latestStart = latestStart.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Opens an operation without input. */
  public OpenMetadata(OperationId id, String operation, long from, Instant latestStart) {
    this(id, operation, from, latestStart, 0);
  }

  /** Returns whether an input follows the arguments. */
  public boolean hasInput() {
    return argumentBytes > 0;
  }

  /** Returns the bytes it travels in. */
  public byte[] encode() {
    var json = JsonObject.builder().put("id", id.value()).put("op", operation).put("from", from).put("exp",
        latestStart);
    if (hasInput()) {
      json.put("args", argumentBytes);
    }
    return json.build().bytes();
  }

  /**
   * Reads the bytes it travels in.
   *
   * @throws ProtocolException if they are anything else
   */
  public static OpenMetadata decode(byte[] bytes) {
    JsonObject json = Json.parseObject(bytes, LIMITS).onlyFields("id", "op", "from", "exp", "args");
    return new OpenMetadata(new OperationId(json.string("id", OperationId.MAX_LENGTH)),
        json.string("op", OperationDescription.MAX_NAME_LENGTH), json.integer("from", 0, Limits.MAX_OUTPUT_BYTES),
        json.instant("exp"), (int) json.integer("args", 1, Operations.MAX_ARGUMENT_BYTES, 0));
  }
}
