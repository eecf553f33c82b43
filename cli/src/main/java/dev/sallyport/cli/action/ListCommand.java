package dev.sallyport.cli.action;

import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Table;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists actions. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the actions and the right each takes.")
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
      List<JsonObject> actions = Actions.all(client);
      if (json.wanted()) {
        terminal.out().println(JsonObject.builder().put("actions", JsonArray.of(actions)).build().text());
      } else {
        var table = new Table("ACTION", "RIGHT", "WHAT IT DOES");
        actions.forEach(action -> table.row(action.string("name"), action.string("class"), action.string("title")));
        table.print(terminal.out());
      }
    }
    return ExitCode.OK;
  }
}
