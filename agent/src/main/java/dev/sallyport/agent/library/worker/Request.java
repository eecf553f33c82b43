package dev.sallyport.agent.library.worker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.library.LibraryFunction;
import dev.sallyport.protocol.library.LibraryManifest;

/** What a worker is asked, before the jar follows. */
public record Request(LibraryManifest manifest, String function, List<Json> parameters) {
  /** Most bytes as JSON: 1 MiB. */
  static final int MAX_BYTES = 1 << 20;

  /** Returns the form it travels in. */
  public byte[] encode() {
    return JsonObject.builder().put("manifest", manifest.toJson().text()).put("function", function)
        .put("parameters", JsonArray.of(parameters)).build().bytes();
  }

  static Request decode(byte[] bytes) {
    JsonObject json = Json.parseObject(bytes, JsonLimits.ofBytes(MAX_BYTES));
    JsonArray given = json.array("parameters");
    var parameters = new ArrayList<Json>();
    for (int i = 0; i < given.size(); i++) {
      parameters.add(given.get(i));
    }
    byte[] manifest = json.string("manifest", LibraryManifest.MAX_BYTES).getBytes(StandardCharsets.UTF_8);
    return new Request(LibraryManifest.decode(manifest), json.string("function"), parameters);
  }

  LibraryFunction of() {
    return manifest.function(function).orElseThrow();
  }
}
