package dev.sallyport.protocol.operation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * How an operation ended. The agent's word, so everything in it is hostile text to whoever shows it.
 *
 * @param outcome how it ended
 * @param exitCode of the process, for operations that ran one to its end
 * @param started when it began by the agent's clock, in whole milliseconds; the time of the decision if it never began
 * @param ended when it ended by the agent's clock, in whole milliseconds; clocks jump, so it may lie before {@code started}
 * @param outputBytes how many bytes of output were emitted in the stream, truncated ones not counted
 * @param outputTruncated whether output was dropped at the limit
 * @param value what the operation found, by its own rules
 * @param reason for people, why it did not end well; at most {@link #MAX_REASON_LENGTH} characters, or empty
 */
public record OperationResult(Outcome outcome, OptionalInt exitCode, Instant started, Instant ended, long outputBytes,
    boolean outputTruncated, JsonObject value, String reason) {
  /** Most bytes of a result as JSON: 256 KiB. */
  public static final int MAX_BYTES = 256 << 10;

  /** Most characters of a reason. */
  public static final int MAX_REASON_LENGTH = 1000;

  private static final JsonLimits LIMITS = JsonLimits.ofBytes(MAX_BYTES);
  private static final int MAX_WORD_LENGTH = 32;

  /** Checks, and cuts the times to the milliseconds that travel. */
  public OperationResult {
    started = requireTime("started", started);
    ended = requireTime("ended", ended);
    if (outputBytes < 0 || outputBytes > Limits.MAX_OUTPUT_BYTES) {
      throw new ProtocolException("outputBytes: expected 0 to " + Limits.MAX_OUTPUT_BYTES + ", found " + outputBytes);
    }
    PlainText.require("reason", reason, MAX_REASON_LENGTH);
  }

  /** Returns the result of an operation that ran no process and found something. */
  public static OperationResult found(Instant started, Instant ended, JsonObject value) {
    return new OperationResult(Outcome.DONE, OptionalInt.empty(), started, ended, 0, false, value, "");
  }

  /** Returns the result of an operation that yielded nothing; the reason is cleaned and cut to fit. */
  public static OperationResult without(Outcome outcome, Instant started, Instant ended, String reason) {
    return new OperationResult(outcome, OptionalInt.empty(), started, ended, 0, false, JsonObject.EMPTY,
        PlainText.clean(reason, MAX_REASON_LENGTH));
  }

  /** Returns the form it travels in; absent parts are left out. */
  public JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder().put("outcome", outcome.word());
    if (exitCode.isPresent()) {
      json.put("exitCode", exitCode.getAsInt());
    }
    json.put("started", started).put("ended", ended).put("outputBytes", outputBytes);
    if (outputTruncated) {
      json.put("outputTruncated", true);
    }
    if (value.size() > 0) {
      json.put("value", value);
    }
    if (!reason.isEmpty()) {
      json.put("reason", reason);
    }
    return json.build();
  }

  /**
   * Returns the bytes it travels in.
   *
   * @throws ProtocolException if they are more than {@link #MAX_BYTES}
   */
  public byte[] encode() {
    byte[] bytes = toJson().bytes();
    if (bytes.length > MAX_BYTES) {
      throw new ProtocolException("result: expected at most " + MAX_BYTES + " bytes, found " + bytes.length);
    }
    return bytes;
  }

  /**
   * Reads the bytes it travels in.
   *
   * @throws ProtocolException if they are anything else
   */
  public static OperationResult decode(byte[] bytes) {
    return fromJson(Json.parseObject(bytes, LIMITS));
  }

  /**
   * Reads the form it travels in.
   *
   * @throws ProtocolException if it is anything else
   */
  public static OperationResult fromJson(JsonObject json) {
    json.onlyFields("outcome", "exitCode", "started", "ended", "outputBytes", "outputTruncated", "value", "reason");
    OptionalInt exitCode = json.has("exitCode")
        ? OptionalInt.of((int) json.integer("exitCode", Integer.MIN_VALUE, Integer.MAX_VALUE))
        : OptionalInt.empty();
    return new OperationResult(Outcome.ofWord(json.string("outcome", MAX_WORD_LENGTH)), exitCode,
        json.instant("started"), json.instant("ended"), json.integer("outputBytes", 0, Limits.MAX_OUTPUT_BYTES),
        json.bool("outputTruncated", false), json.objectOrEmpty("value"), json.string("reason", "", MAX_REASON_LENGTH));
  }

  private static Instant requireTime(String what, Instant time) {
    if (time.isBefore(Instant.EPOCH) || time.isAfter(JsonObject.MAX_INSTANT)) {
      throw new ProtocolException(what + ": expected a time from 1970 to 9999");
    }
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
