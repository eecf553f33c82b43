package dev.sallyport.protocol.operation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/**
 * What an operation says about the raw bytes that follow its arguments. Because the arguments hold it, {@link Operations#digest} covers
 * the input too: the same id with another input is another order.
 *
 * @param bytes how many, at most {@link #MAX_BYTES}
 * @param sha256 of all of them
 */
public record InputDigest(int bytes, Bytes sha256) {
  /** Most bytes of input: 8 MiB. Longer content is sent in several operations. */
  public static final int MAX_BYTES = 8 << 20;

  /** Bytes of a SHA-256. */
  public static final int SHA256_BYTES = 32;

  /** No input at all: of all operations but a few. */
  public static final InputDigest NONE = of(Bytes.EMPTY);

  /** Refuses what cannot be. */
  public InputDigest {
    if (bytes < 0 || bytes > MAX_BYTES) {
      throw new ProtocolException("bytes: expected 0 to " + MAX_BYTES + ", found " + bytes);
    }
    sha256.requireLength("sha256", SHA256_BYTES);
  }

  /** Returns what there is to say about these bytes. */
  public static InputDigest of(Bytes input) {
    return new InputDigest(input.length(), Bytes.of(hasher().digest(input.toArray())));
  }

  /** Returns a SHA-256 to feed. */
  public static MessageDigest hasher() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  JsonObject.Builder put(JsonObject.Builder json) {
    return json.put("bytes", bytes).putBytes("sha256", sha256.toArray());
  }

  static InputDigest fromJson(JsonObject json) {
    return new InputDigest((int) json.integer("bytes", 0, MAX_BYTES), sha256Of(json));
  }

  static Bytes sha256Of(JsonObject json) {
    return Bytes.of(json.bytes("sha256", SHA256_BYTES, SHA256_BYTES));
  }
}
