package dev.sallyport.cli.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.protocol.json.JsonObject;

/** The server's list of machines, read page by page. */
public final class Machines {
  private static final String PAGE = "500";

  private Machines() {
  }

  /** All machines whose name matches {@code pattern} ({@code *} and {@code ?} as wildcards) and, unless "", are in {@code state}. */
  public static List<JsonObject> matching(ApiClient client, String pattern, String state) {
    var found = new ArrayList<JsonObject>();
    String after = "";
    do {
      Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("name", pattern);
      parameters.put("limit", PAGE);
      if (!state.isEmpty()) {
        parameters.put("state", state);
      }
      if (!after.isEmpty()) {
        parameters.put("after", after);
      }
      JsonObject page = client.get(ApiClient.query("/api/v1/machines", parameters));
      found.addAll(Fields.list(page, "machines"));
      after = Fields.text(page, "next");
    } while (!after.isEmpty());
    return found;
  }
}
