package dev.sallyport.cli.procedure;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves a text as the newest version of a procedure. */
@Command(name = "save", mixinStandardHelpOptions = true, description = "Saves a text as the newest version of a procedure.")
public final class SaveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "The procedure.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The text, in YAML.")
  private Path file = Path.of("");

  @Option(names = "--after", paramLabel = "N", description = "Only if N is the newest version still; 0 for a new procedure.")
  private long after = -1;

  @Mixin
  private final JsonOption json = new JsonOption();

  public SaveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var body = JsonObject.builder().put("source", Procedures.read(file));
    if (after >= 0) {
      body.put("after", after);
    }
    try (ApiClient client = terminal.connect()) {
      JsonObject saved = client.put(Procedures.path(name), body.build());
      terminal.out().println(json.wanted()
          ? saved.text()
          : "Saved as version " + Fields.number(saved, "version", 0) + ".");
    }
    return ExitCode.OK;
  }
}
