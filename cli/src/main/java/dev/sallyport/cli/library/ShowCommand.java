package dev.sallyport.cli.library;

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

/** Shows a library. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a library and its functions.")
public final class ShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "LIBRARY", description = "Its name.")
  private String library = "";

  @Parameters(index = "1", paramLabel = "VERSION", arity = "0..1", description = "The newest if left out.")
  private String version = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  public ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject found = version.isEmpty()
          ? Libraries.of(client, library).getFirst()
          : client.get(Libraries.path(library, version));
      if (json.wanted()) {
        terminal.out().println(found.text());
        return ExitCode.OK;
      }
      say(found.string("id") + " " + found.string("version") + (found.bool("withdrawn") ? ", withdrawn" : ""));
      say(found.string("description"));
      say("runs in: " + found.string("isolation") + ", on: " + String.join(", ", found.strings("platforms", 9, 99))
          + ", does: " + String.join(", ", found.strings("permissions", 99, 99)));
      for (JsonObject function : Fields.list(found, "functions")) {
        say("  " + Libraries.form(function));
        say("      " + function.string("description"));
      }
    }
    return ExitCode.OK;
  }

  private void say(String line) {
    terminal.out().println(SafeText.oneLine(line));
  }
}
