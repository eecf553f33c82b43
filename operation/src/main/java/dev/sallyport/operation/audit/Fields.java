package dev.sallyport.operation.audit;

import java.util.HashSet;
import java.util.Set;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.audit.AuditItem;
import dev.sallyport.protocol.json.JsonObject;

/** The fields of an item in the making: texts are made plain and cut, those that say nothing are left out, and of two of
 * one name the first counts. */
final class Fields {
  private final JsonObject.Builder json = JsonObject.builder();
  private final Set<String> names = new HashSet<>();

  Fields text(String name, String value) {
    String plain = PlainText.clean(value.strip(), AuditItem.MAX_TEXT_LENGTH);
    if (!plain.isEmpty() && names.add(name)) {
      json.put(name, plain);
    }
    return this;
  }

  Fields number(String name, long value) {
    json.put(name, value);
    return this;
  }

  /** A number that is known if it is above zero. */
  Fields amount(String name, long value) {
    return value > 0 ? number(name, value) : this;
  }

  Fields flag(String name, boolean value) {
    json.put(name, value);
    return this;
  }

  JsonObject build() {
    return json.build();
  }
}
