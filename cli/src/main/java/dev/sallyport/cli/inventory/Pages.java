package dev.sallyport.cli.inventory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;

/** Lists that the server tells page by page, and items as one line each. */
final class Pages {
  private static final String LIMIT = "500";

  private Pages() {
  }

  /** Hands on every object of a list; parameters that are empty are left out. */
  static void each(ApiClient client, String path, Map<String, String> parameters, String list,
      Consumer<JsonObject> consumer) {
    String after = "";
    do {
      Map<String, String> asked = new LinkedHashMap<>();
      asked.put("limit", LIMIT);
      parameters.forEach((name, value) -> {
        if (!value.isEmpty()) {
          asked.put(name, value);
        }
      });
      if (!after.isEmpty()) {
        asked.put("after", after);
      }
      JsonObject page = client.get(ApiClient.query(path, asked));
      Fields.list(page, list).forEach(consumer);
      after = Fields.text(page, "next");
    } while (!after.isEmpty());
  }

  /** A list as JSON. */
  static String json(String list, java.util.List<JsonObject> objects) {
    return JsonObject.builder().put(list, JsonArray.of(objects)).build().text();
  }

  /** {@code name=value} of all fields. */
  static String line(JsonObject fields) {
    var line = new StringBuilder();
    for (String name : fields.names()) {
      line.append(line.isEmpty() ? "" : ", ").append(name).append('=').append(value(fields, name));
    }
    return line.toString();
  }

  /** A field as text; empty if it is not there. */
  static String value(JsonObject fields, String name) {
    if (fields.isNone(name)) {
      return "";
    }
    return fields.get(name) instanceof JsonString(String text) ? text : fields.get(name).text();
  }
}
