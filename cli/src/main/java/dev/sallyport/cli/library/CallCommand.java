package dev.sallyport.cli.library;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.directive.DirectiveRunner;
import dev.sallyport.cli.machine.MachineChoice;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calls a function on machines. */
@Command(name = "call", mixinStandardHelpOptions = true, description = "Calls a library's function on machines and shows what it returns.", footer = {
    "", "  sallyport library call --on web-3 greeter greet Ada"})
public final class CallCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--on", required = true, paramLabel = "PATTERN", description = "Machines by name, where * and ? are wildcards, or one by its id.")
  private String pattern = "";

  @Option(names = "--version-of", paramLabel = "VERSION", description = "The library's version; the newest if left out.")
  private String version = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  @Parameters(index = "0", paramLabel = "LIBRARY", description = "The library's name.")
  private String library = "";

  @Parameters(index = "1", paramLabel = "FUNCTION", description = "The function's name.")
  private String function = "";

  @Parameters(index = "2..*", arity = "0..*", paramLabel = "ARGUMENT", description = "One for each of its parameters.")
  private List<String> arguments = List.of();

  public CallCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      var machines = new LinkedHashMap<String, String>();
      MachineChoice.matching(client, pattern)
          .forEach(machine -> machines.put(machine.string("id"), machine.string("name")));
      if (machines.isEmpty()) {
        throw new IllegalArgumentException("no machine matches '" + pattern + "'; `sallyport machines` lists them");
      }
      JsonObject directive = new DirectiveRunner(terminal, client).run(machines, "library-call", parameters());
      List<JsonObject> runs = Fields.list(directive, "runs");
      if (json.wanted()) {
        terminal.out().println(directive.text());
      } else {
        runs.forEach(run -> show(machines, run));
      }
      return DirectiveRunner.exitCode(runs);
    }
  }

  private JsonObject parameters() {
    var parameters = JsonObject.builder().put("library", library).put("function", function)
        .putStrings("arguments", arguments);
    if (!version.isEmpty()) {
      parameters.put("version", version);
    }
    return parameters.build();
  }

  private void show(Map<String, String> machines, JsonObject run) {
    String name = machines.size() == 1
        ? ""
        : SafeText.oneLine(machines.getOrDefault(run.string("machine"), run.string("machine"))) + ": ";
    if (run.string("state").equals("done")) {
      terminal.out().println(name + SafeText.oneLine(text(run.objectOrEmpty("value"))));
    } else {
      terminal.note("sallyport: " + name + run.string("state") + ": " + SafeText.oneLine(Fields.text(run, "reason")));
    }
  }

  private static String text(JsonObject value) {
    if (!value.has("result")) {
      return "";
    }
    Json result = value.get("result");
    return result instanceof JsonString(String plain) ? plain : result.text();
  }
}
