package dev.sallyport.server.action;

import java.nio.charset.StandardCharsets;

import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationResult;

/**
 * The end of an operation and what it wrote; hostile, as all that comes from a machine.
 *
 * @param stdout standard output, the first {@link #MAX_BYTES}
 * @param stderr the first {@link #MAX_ERROR_BYTES} of standard error
 */
public record Captured(OperationResult result, Bytes stdout, Bytes stderr) {
  /** Most bytes of standard output that an action sees: 256 KiB. */
  public static final int MAX_BYTES = 256 << 10;
  /** Most bytes of standard error that an action sees: 4 KiB. */
  public static final int MAX_ERROR_BYTES = 4 << 10;

  /** Standard output as text; what is no UTF-8 is replaced. */
  public String text() {
    return new String(stdout.toArray(), StandardCharsets.UTF_8);
  }

  /** Standard error as text. */
  public String errors() {
    return new String(stderr.toArray(), StandardCharsets.UTF_8);
  }

  /** The form in which it is remembered. */
  public JsonObject toJson() {
    return JsonObject.builder().put("result", result.toJson()).put("stdout", Base64Url.encode(stdout.toArray()))
        .put("stderr", Base64Url.encode(stderr.toArray())).build();
  }

  /** Reads what {@link #toJson} wrote. */
  public static Captured fromJson(JsonObject json) {
    return new Captured(OperationResult.fromJson(json.object("result")),
        Bytes.of(json.bytes("stdout", 0, MAX_BYTES)), Bytes.of(json.bytes("stderr", 0, MAX_ERROR_BYTES)));
  }
}
