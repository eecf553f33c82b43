package dev.sallyport.cli.directive;

import java.util.Map;
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
import picocli.CommandLine.Option;

/** Lists the newest directives. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the newest directives.")
public final class ListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "How many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Mixin
  private final JsonOption json = new JsonOption();

  public ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject answer = client.get(ApiClient.query("/api/v1/directives", Map.of("limit", Integer.toString(limit))));
      if (json.wanted()) {
        terminal.out().println(answer.text());
        return ExitCode.OK;
      }
      var table = new Table("CREATED", "BY", "ACTION", "PARAMETERS", "ID");
      for (JsonObject directive : Fields.list(answer, "directives")) {
        table.row(directive.string("created"), directive.string("by"), directive.string("action"),
            directive.object("parameters").text(), directive.string("id"));
      }
      table.print(terminal.out());
    }
    return ExitCode.OK;
  }
}
