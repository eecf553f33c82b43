package dev.sallyport.cli.procedure;

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

/** Prints the text of a procedure. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Prints the text of a procedure.")
public final class ShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "The procedure.")
  private String name = "";

  @Option(names = "--version-number", paramLabel = "N", description = "Which version; the newest if left out.")
  private long version;

  @Mixin
  private final JsonOption json = new JsonOption();

  public ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject procedure = client.get(Procedures.path(name, version));
      if (json.wanted()) {
        terminal.out().println(procedure.text());
      } else {
        Fields.longText(procedure, "source").lines().forEach(line -> terminal.out().println(SafeText.oneLine(line)));
      }
    }
    return ExitCode.OK;
  }
}
