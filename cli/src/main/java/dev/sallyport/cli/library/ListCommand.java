package dev.sallyport.cli.library;

import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Table;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists libraries. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the libraries and their versions.")
public final class ListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private final JsonOption json = new JsonOption();

  public ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject answer = client.get(Libraries.PATH);
      List<JsonObject> libraries = Fields.list(answer, "libraries");
      if (json.wanted()) {
        terminal.out().println(answer.text());
      } else if (libraries.isEmpty()) {
        terminal.note("There is no library; `sallyport library add` adds one.");
      } else {
        JsonObject floors = answer.object("floors");
        var table = new Table("LIBRARY", "VERSION", "RUNS IN", "FUNCTIONS", "OLDEST", "STATE");
        libraries.forEach(library -> table.row(library.string("id"), library.string("version"),
            library.string("isolation"), "" + Fields.list(library, "functions").size(),
            Fields.text(floors, library.string("id")), library.bool("withdrawn") ? "withdrawn" : ""));
        table.print(terminal.out());
      }
    }
    return ExitCode.OK;
  }
}
