package dev.sallyport.cli.procedure;

import java.util.Map;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what changed between two versions of a procedure. */
@Command(name = "diff", mixinStandardHelpOptions = true, description = "Shows what changed between two versions of a procedure.")
public final class DiffCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "The procedure.")
  private String name = "";

  @Option(names = "--from", paramLabel = "N", description = "The older version; the one before the other if left out.")
  private long from;

  @Option(names = "--to", paramLabel = "N", description = "The newer version; the newest if left out.")
  private long to;

  @Mixin
  private final JsonOption json = new JsonOption();

  public DiffCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject diff = client.get(ApiClient.query(Procedures.path(name) + "/diff",
          Map.of("from", Long.toString(from), "to", Long.toString(to))));
      if (json.wanted()) {
        terminal.out().println(diff.text());
      } else {
        Fields.longText(diff, "diff").lines().forEach(line -> terminal.out().println(SafeText.oneLine(line)));
      }
    }
    return ExitCode.OK;
  }
}
