package dev.sallyport.server.action.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.Tool;

/** The service manager of most Linux machines. */
final class Systemd {
  static final String PROGRAM = "systemctl";
  /** Is there where systemd runs the machine (sd_booted(3)). */
  private static final String MARK = "/run/systemd/system";

  private Systemd() {
  }

  static void require(ActionContext context) {
    if (!Tool.exists(context, MARK)) {
      throw Tool.unsupported("this machine is not run by systemd, so its services cannot be managed");
    }
  }

  static JsonObject status(ActionContext context, String service) {
    Map<String, String> said = properties(Tool.need(context, List.of(PROGRAM, "show",
        "--property=Id,LoadState,ActiveState,SubState,UnitFileState,Description", "--", service)));
    return JsonObject.builder().put("service", said.getOrDefault("Id", service))
        .put("load", said.getOrDefault("LoadState", "")).put("active", said.getOrDefault("ActiveState", ""))
        .put("sub", said.getOrDefault("SubState", "")).put("enabled", said.getOrDefault("UnitFileState", ""))
        .put("description", said.getOrDefault("Description", "")).build();
  }

  private static Map<String, String> properties(String shown) {
    var properties = new HashMap<String, String>();
    shown.lines().forEach(line -> {
      int equals = line.indexOf('=');
      if (equals > 0) {
        properties.put(line.substring(0, equals), line.substring(equals + 1));
      }
    });
    return properties;
  }
}
