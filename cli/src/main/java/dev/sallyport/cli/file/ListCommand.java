package dev.sallyport.cli.file;

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

/** Lists files. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the files on the server, newest first.")
public final class ListCommand implements Callable<Integer> {
  private static final int ID_SHOWN = 8;

  private final Terminal terminal;

  @Mixin
  private final JsonOption json = new JsonOption();

  public ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject answer = client.get(ServerFiles.PATH);
      List<JsonObject> files = Fields.list(answer, "files");
      if (json.wanted()) {
        terminal.out().println(answer.text());
      } else if (files.isEmpty()) {
        terminal.note("There is no file on the server; `sallyport push` sends one.");
      } else {
        var table = new Table("ID", "NAME", "BYTES", "SHA-256", "CREATED", "BY", "UNTIL");
        files.forEach(file -> table.row(file.string("id").substring(0, ID_SHOWN), file.string("name"),
            Long.toString(Fields.number(file, "bytes", 0)), file.string("sha256").substring(0, ID_SHOWN) + "…",
            file.string("created"), file.string("createdBy"), file.string("expires")));
        table.print(terminal.out());
      }
    }
    return ExitCode.OK;
  }
}
