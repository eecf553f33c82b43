package dev.sallyport.server.inventory;

import java.nio.charset.StandardCharsets;

import dev.sallyport.protocol.audit.AuditItem;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * An item as stored.
 *
 * @param fields as JSON
 */
record StoredItem(String key, String fields) {
  private static final JsonLimits LIMITS = JsonLimits.ofBytes(1 << 20);

  static StoredItem of(AuditItem item) {
    return new StoredItem(item.key(), item.fields().text());
  }

  AuditItem item() {
    return new AuditItem(key, parse(fields));
  }

  static JsonObject parse(String fields) {
    return Json.parseObject(fields.getBytes(StandardCharsets.UTF_8), LIMITS);
  }
}
