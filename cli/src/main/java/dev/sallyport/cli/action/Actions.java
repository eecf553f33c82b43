package dev.sallyport.cli.action;

import java.util.List;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.protocol.json.JsonObject;

/** The actions as the server describes them. */
final class Actions {
  private Actions() {
  }

  static List<JsonObject> all(ApiClient client) {
    return Fields.list(client.get("/api/v1/actions"), "actions");
  }

  static JsonObject find(ApiClient client, String name) {
    return all(client).stream().filter(action -> action.string("name").equals(name)).findFirst().orElseThrow(
        () -> new IllegalArgumentException("there is no action '" + name + "'; `sallyport actions list` lists them"));
  }
}
