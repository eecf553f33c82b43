package dev.sallyport.cli.machine;

import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a machine in that waits for it. */
@Command(name = "approve", mixinStandardHelpOptions = true, description = "Lets a machine take directives that is pending or quarantined.", footer = {
    "", "Compare before: anybody with a leaked enrolment line can bring a machine of any name."})
public final class ApproveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MACHINE", description = "The machine, " + MachineChoice.HELP + ".")
  private String machine = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  public ApproveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject chosen = MachineChoice.one(client, machine);
      JsonObject answer = client.post("/api/v1/machines/" + chosen.string("id") + "/approve", JsonObject.EMPTY);
      terminal.out().println(json.wanted()
          ? answer.text()
          : SafeText.oneLine(chosen.string("name")) + " (" + chosen.string("id") + ") takes directives now.");
    }
    return ExitCode.OK;
  }
}
