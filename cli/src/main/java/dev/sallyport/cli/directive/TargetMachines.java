package dev.sallyport.cli.directive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.machine.MachineChoice;
import dev.sallyport.cli.machine.Machines;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The machines that an order is for, as {@code --on} says. */
public final class TargetMachines {
  private static final Set<String> APPROVED = Set.of("online", "offline");

  private TargetMachines() {
  }

  /**
   * Names of the chosen machines by id.
   *
   * @param pattern null if nothing was said, which will do where there is only one
   */
  public static Map<String, String> of(ApiClient client, @Nullable String pattern) {
    List<JsonObject> all = pattern == null
        ? Machines.matching(client, "*", "")
        : MachineChoice.matching(client, pattern);
    List<JsonObject> found = all.stream().filter(machine -> APPROVED.contains(machine.string("state"))).toList();
    if (found.isEmpty() && !all.isEmpty()) {
      throw new IllegalArgumentException(all.getFirst().string("name") + " is " + all.getFirst().string("state")
          + ": a machine takes directives when `sallyport machines approve` or the console has approved it");
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(pattern == null
          ? "there is no machine yet; `sallyport enrol-token` prints the line that adds one"
          : "no machine matches '" + pattern + "'; `sallyport machines` lists them");
    }
    if (pattern == null && found.size() > 1) {
      throw new IllegalArgumentException(
          "there are " + found.size() + " machines: say which with --on NAME, or --on '*' for all");
    }
    var names = new LinkedHashMap<String, String>();
    found.forEach(machine -> names.put(machine.string("id"), machine.string("name")));
    return names;
  }
}
