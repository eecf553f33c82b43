package dev.sallyport.cli.directive;

import java.io.IOException;
import java.util.List;
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

/** Shows one directive: what was ordered, how each machine's run stands, and on request the output. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a directive and how its runs stand.")
public final class ShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "ID", description = "The directive.")
  private String id = "";

  @Option(names = "--output", description = "Print the stored output of every run, too.")
  private boolean output;

  @Mixin
  private final JsonOption json = new JsonOption();

  public ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      JsonObject directive = Directive.get(client, id);
      if (json.wanted()) {
        terminal.out().println(directive.text());
        return ExitCode.OK;
      }
      terminal.out()
          .println(directive.string("action") + " " + SafeText.oneLine(directive.object("parameters").text()));
      terminal.out()
          .println("given by " + SafeText.oneLine(directive.string("by")) + " at " + directive.string("created")
              + ", waits until "
              + directive.string("expires"));
      if (!directive.isNone("batch")) {
        terminal.out().println("in a batch: " + SafeText.oneLine(directive.object("batch").text()));
      }
      terminal.out().println();
      List<JsonObject> runs = Fields.list(directive, "runs");
      Directive.table(runs).print(terminal.out());
      if (output) {
        printOutput(client, runs);
      }
    }
    return ExitCode.OK;
  }

  private void printOutput(ApiClient client, List<JsonObject> runs) throws IOException {
    for (JsonObject run : runs) {
      for (String stream : List.of("stdout", "stderr")) {
        terminal.out().println();
        terminal.out().println("== " + SafeText.oneLine(run.string("name")) + " " + stream);
        client.download(Directive.outputPath(id, run.string("machine"), stream), terminal.out());
      }
    }
    terminal.out().flush();
  }
}
