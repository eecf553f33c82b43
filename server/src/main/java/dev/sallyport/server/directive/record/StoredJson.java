package dev.sallyport.server.directive.record;

import java.nio.charset.StandardCharsets;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/** Reads back the JSON objects this feature stored as text. */
final class StoredJson {
  private StoredJson() {
  }

  static JsonObject read(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
