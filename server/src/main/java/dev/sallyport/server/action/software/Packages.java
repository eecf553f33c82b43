package dev.sallyport.server.action.software;

import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Spelling;
import dev.sallyport.server.action.Tool;

/** What the actions on packages have in common. */
final class Packages {
  /** Most packages of one order. */
  static final int MAX_PACKAGES = 200;

  static final Parameter NAMES = new Parameter.Words("packages", "The packages, by name.", true, MAX_PACKAGES,
      Spelling.PACKAGE);
  static final Parameter REFRESH = new Parameter.Flag("refresh",
      "Learn first what the package sources have now.", true);

  private static final List<PackageManager> MANAGERS = List.of(new Apt(), new Dnf(), new Zypper());

  private Packages() {
  }

  /** The machine's package manager, the first of those we know. */
  static PackageManager manager(ActionContext context) {
    for (PackageManager manager : MANAGERS) {
      if (Tool.exists(context, manager.program())) {
        return manager;
      }
    }
    throw Tool.unsupported("this machine has none of the package managers apt, dnf and zypper");
  }

  static List<String> names(JsonObject parameters) {
    return parameters.strings(NAMES.name(), MAX_PACKAGES, Spelling.PACKAGE.maxLength());
  }

  static void refresh(ActionContext context, PackageManager manager) {
    if (context.parameters().bool(REFRESH.name())) {
      Tool.run(context, manager.refresh());
    }
  }

  /** Runs a change and tells the packages' versions before and after it. */
  static JsonObject change(ActionContext context, PackageManager manager, List<String> names, List<String> argv) {
    Map<String, String> before = versions(context, manager, names);
    Tool.run(context, argv);
    Map<String, String> after = versions(context, manager, names);
    return JsonObject.builder().put("manager", manager.name())
        .put("packages", JsonArray.of(names.stream().map(name -> changed(name, before, after)).toList())).build();
  }

  private static JsonObject changed(String name, Map<String, String> before, Map<String, String> after) {
    var json = JsonObject.builder().put("name", name);
    if (before.containsKey(name)) {
      json.put("before", before.get(name));
    }
    if (after.containsKey(name)) {
      json.put("after", after.get(name));
    }
    return json.build();
  }

  private static Map<String, String> versions(ActionContext context, PackageManager manager, List<String> names) {
    return manager.versions(Tool.ask(context, manager.query(names)).text());
  }
}
