package dev.sallyport.cli.procedure;

import java.nio.file.Path;
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
import picocli.CommandLine.Parameters;

/** Tells what is wrong with the text of a procedure. */
@Command(name = "validate", mixinStandardHelpOptions = true, description = "Tells what is wrong with the text of a procedure.")
public final class ValidateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "The text, in YAML.")
  private Path file = Path.of("");

  @Mixin
  private final JsonOption json = new JsonOption();

  public ValidateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String source = Procedures.read(file);
    try (ApiClient client = terminal.connect()) {
      JsonObject verdict = client.post(Procedures.PATH + "/validate",
          JsonObject.builder().put("source", source).build());
      if (json.wanted()) {
        terminal.out().println(verdict.text());
      } else if (verdict.bool("valid")) {
        terminal.out().println("Nothing is wrong.");
      } else {
        Fields.list(verdict, "faults")
            .forEach(fault -> terminal.out().println(file + ":" + Fields.number(fault, "line", 0)
                + ":" + Fields.number(fault, "column", 0) + ": " + SafeText.oneLine(Fields.text(fault, "detail"))));
      }
      return verdict.bool("valid") ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
