package dev.sallyport.cli.site;

import java.util.List;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.protocol.json.JsonObject;

/** The server's sites. */
final class Sites {
  private static final String ROUTE = "/api/v1/sites";

  private Sites() {
  }

  static List<JsonObject> all(ApiClient client) {
    return Fields.list(client.get(ROUTE), "sites");
  }

  /** The path of the site with this name, whatever its case, or this id; {@link IllegalArgumentException} if there is none. */
  static String path(ApiClient client, String named) {
    return all(client).stream()
        .filter(site -> site.string("name").equalsIgnoreCase(named) || site.string("id").equals(named))
        .findFirst().map(site -> ROUTE + "/" + site.string("id")).orElseThrow(
            () -> new IllegalArgumentException(
                "there is no site '" + named + "'; `sallyport sites list` shows those there are"));
  }
}
