package dev.sallyport.cli.site;

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

/** Lists sites. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the sites.")
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
      List<JsonObject> sites = Sites.all(client);
      if (json.wanted()) {
        terminal.out().println(JsonObject.builder().put("sites", JsonArray.of(sites)).build().text());
      } else {
        var table = new Table("NAME", "CREATED", "ID");
        sites.forEach(site -> table.row(site.string("name"), site.string("created"), site.string("id")));
        table.print(terminal.out());
      }
    }
    return ExitCode.OK;
  }
}
