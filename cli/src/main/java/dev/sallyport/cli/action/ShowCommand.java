package dev.sallyport.cli.action;

import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one action. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows what an action does and takes.")
public final class ShowCommand implements Callable<Integer> {
  private static final int MAX_CHOICES = 100;
  private static final int MAX_CHOICE = 200;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "ACTION", description = "Its name.")
  private String name = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  public ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject action = Actions.find(client, name);
      if (json.wanted()) {
        terminal.out().println(action.text());
      } else {
        print(action);
      }
    }
    return ExitCode.OK;
  }

  private void print(JsonObject action) {
    List<JsonObject> parameters = Fields.list(action, "parameters");
    terminal.out().println(SafeText.oneLine(action.string("description")));
    terminal.out().println("It takes the right '" + SafeText.oneLine(action.string("class")) + "'.");
    for (JsonObject parameter : parameters) {
      terminal.out().println();
      terminal.out().println("  " + SafeText.oneLine(parameter.string("name")) + "=" + kind(parameter)
          + (parameter.bool("required") ? "" : absent(parameter)));
      terminal.out().println("      " + SafeText.oneLine(parameter.string("description")));
    }
  }

  private static String absent(JsonObject parameter) {
    return parameter.isNone("absent")
        ? "  (may be left out)"
        : "  (" + SafeText.oneLine(parameter.get("absent").text().replace("\"", "")) + " if left out)";
  }

  private static String kind(JsonObject parameter) {
    return switch (parameter.string("type")) {
      case "choice" -> String.join("|", parameter.strings("choices", MAX_CHOICES, MAX_CHOICE));
      case "number" ->
        Fields.number(parameter, "min", 0) + ".." + Fields.number(parameter, "max", 0);
      case "boolean" -> "yes|no";
      case "strings" -> "TEXT,TEXT…";
      case "map" -> "NAME=VALUE";
      case "secret" -> "-|@FILE";
      default -> "TEXT";
    };
  }
}
