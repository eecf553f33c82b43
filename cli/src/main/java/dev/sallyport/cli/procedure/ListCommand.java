package dev.sallyport.cli.procedure;

import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Table;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the procedures. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the procedures.")
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
      List<JsonObject> procedures = Fields.list(client.get(Procedures.PATH), "procedures");
      if (json.wanted()) {
        terminal.out().println(JsonObject.builder().put("procedures", JsonArray.of(procedures)).build().text());
      } else if (procedures.isEmpty()) {
        terminal.note("There is no procedure; `sallyport procedure save NAME FILE` makes one.");
      } else {
        var table = new Table("NAME", "VERSION", "SAVED", "BY", "DESCRIPTION");
        procedures.forEach(each -> table.row(each.string("name"), Long.toString(Fields.number(each, "version", 0)),
            Fields.text(each, "created"), Fields.text(each, "savedBy"), Fields.text(each, "description")));
        table.print(terminal.out());
      }
    }
    return ExitCode.OK;
  }
}
