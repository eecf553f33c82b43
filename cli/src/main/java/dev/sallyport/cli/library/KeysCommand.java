package dev.sallyport.cli.library;

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

/** Lists the keys that sign libraries. */
@Command(name = "keys", mixinStandardHelpOptions = true, description = "Lists the keys whose libraries machines load.")
public final class KeysCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private final JsonOption json = new JsonOption();

  public KeysCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject answer = client.get(Libraries.KEYS);
      if (json.wanted()) {
        terminal.out().println(answer.text());
        return ExitCode.OK;
      }
      var table = new Table("NAME", "KEY", "ADDED BY");
      table.row("(this server)", answer.string("own"), "");
      Fields.list(answer, "keys")
          .forEach(key -> table.row(key.string("name"), key.string("key"), key.string("addedBy")));
      table.print(terminal.out());
    }
    return ExitCode.OK;
  }
}
