package dev.sallyport.server.action.software;

import dev.sallyport.protocol.json.JsonObject;

/**
 * A package for which there is a newer version.
 *
 * @param installed its version now; empty if it would be new, or the manager does not tell
 * @param available the newer version
 * @param origin where it comes from; empty if the manager does not tell
 * @param security whether it is known to mend a weakness
 */
record Patch(String name, String installed, String available, String origin, boolean security) {
  JsonObject toJson() {
    return JsonObject.builder().put("name", name).put("installed", installed).put("available", available)
        .put("origin", origin).put("security", security).build();
  }
}
