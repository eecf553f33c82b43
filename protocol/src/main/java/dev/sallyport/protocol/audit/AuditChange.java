package dev.sallyport.protocol.audit;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/** One step from what a section was to what it is; it travels as a line of JSON. */
public sealed interface AuditChange {
  /** Most bytes of a line without its end: a key and all fields of characters that JSON writes as six bytes. */
  int MAX_LINE_BYTES = 128 << 10;

  /** Which item. */
  String key();

  /** Returns the line it travels in, without its end. */
  byte[] line();

  /** The item is there as it is told here, whether it was there before or not. */
  record Put(AuditItem item) implements AuditChange {
    @Override
    public String key() {
      return item.key();
    }

    @Override
    public byte[] line() {
      return JsonObject.builder().put("key", item.key()).put("fields", item.fields()).build().bytes();
    }
  }

  /** The item is there no longer. */
  record Gone(String key) implements AuditChange {
    /** Checks. */
    public Gone {
      AuditItem.requireKey(key);
    }

    @Override
    public byte[] line() {
      return JsonObject.builder().put("key", key).build().bytes();
    }
  }

  /**
   * Reads a line.
   *
   * @throws dev.sallyport.protocol.ProtocolException if it is none
   */
  static AuditChange parse(byte[] line) {
    JsonObject json = Json.parseObject(line, Lines.LIMITS).onlyFields("key", "fields");
    String key = json.string("key", AuditItem.MAX_KEY_BYTES);
    return json.has("fields") ? new Put(new AuditItem(key, json.object("fields"))) : new Gone(key);
  }

  /** What bounds the reader. */
  final class Lines {
    private static final int DEPTH = 2;
    private static final JsonLimits LIMITS = new JsonLimits(MAX_LINE_BYTES, DEPTH);

    private Lines() {
    }
  }
}
