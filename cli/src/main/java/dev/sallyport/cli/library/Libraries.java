package dev.sallyport.cli.library;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.protocol.json.JsonObject;

/** Libraries as the API shows them. */
final class Libraries {
  static final String PATH = "/api/v1/libraries";
  static final String KEYS = "/api/v1/library-keys";

  private Libraries() {
  }

  static String path(String id, String version) {
    return PATH + "/" + encode(id) + "/" + encode(version);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** All versions of a library, newest first; {@link IllegalArgumentException} if there is none. */
  static List<JsonObject> of(ApiClient client, String id) {
    List<JsonObject> versions = Fields.list(client.get(PATH), "libraries").stream()
        .filter(library -> library.string("id").equals(id)).toList();
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("there is no library '" + id + "'; `sallyport library list` lists them");
    }
    return versions;
  }

  /** A function as one calls it: {@code greet(who: text) → text}. */
  static String form(JsonObject function) {
    var parameters = new ArrayList<String>();
    for (JsonObject parameter : Fields.list(function, "parameters")) {
      parameters.add(parameter.string("name") + ": " + parameter.string("type"));
    }
    return function.string("name") + "(" + String.join(", ", parameters) + ") → " + function.string("result");
  }
}
