package dev.sallyport.cli.action;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;

/** Turns arguments into what an action takes, by its description. Values are judged by the server, which names the one at fault. */
final class ActionParameters {
  private ActionParameters() {
  }

  static JsonObject of(JsonObject action, Arguments arguments, Terminal terminal) {
    var types = new LinkedHashMap<String, String>();
    Fields.list(action, "parameters")
        .forEach(parameter -> types.put(parameter.string("name"), parameter.string("type")));
    var parameters = JsonObject.builder();
    for (String name : arguments.names()) {
      String type = types.get(name);
      if (type == null) {
        throw new IllegalArgumentException(action.string("name") + " has no parameter '" + name + "'; it has "
            + (types.isEmpty() ? "none" : String.join(", ", types.keySet())));
      }
      put(parameters, name, type, arguments, terminal);
    }
    return parameters.build();
  }

  private static void put(JsonObject.Builder parameters, String name, String type, Arguments arguments,
      Terminal terminal) {
    switch (type) {
      case "number" -> parameters.put(name, number(name, arguments.one(name)));
      case "boolean" -> parameters.put(name, flag(name, arguments.one(name)));
      case "strings" -> parameters.putStrings(name, list(arguments.all(name)));
      case "map" -> parameters.put(name, map(name, arguments.all(name)));
      case "secret" -> parameters.put(name, arguments.secret(name, terminal));
      default -> parameters.put(name, arguments.one(name));
    }
  }

  /** One value is a list separated by commas; several are its items as they are. */
  private static List<String> list(List<String> values) {
    return values.size() == 1 ? List.of(values.getFirst().split(",", -1)) : values;
  }

  private static JsonObject map(String name, List<String> values) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String value : new ArrayList<>(values)) {
      int equals = value.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("'" + name + "' takes names and values: " + name + "=NAME=VALUE");
      }
      entries.put(value.substring(0, equals), value.substring(equals + 1));
    }
    var object = JsonObject.builder();
    entries.forEach(object::put);
    return object.build();
  }

  private static long number(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + name + "' takes a whole number, not '" + value + "'", e);
    }
  }

  private static boolean flag(String name, String value) {
    return switch (value) {
      case "true", "yes" -> true;
      case "false", "no" -> false;
      default -> throw new IllegalArgumentException("'" + name + "' takes yes or no, not '" + value + "'");
    };
  }
}
