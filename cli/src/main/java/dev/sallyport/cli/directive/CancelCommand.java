package dev.sallyport.cli.directive;

import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.machine.MachineChoice;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cancels what has not ended yet. */
@Command(name = "cancel", mixinStandardHelpOptions = true, description = "Cancels a directive: what waits never starts, what runs is stopped.")
public final class CancelCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "ID", description = "The directive.")
  private String id = "";

  @Option(names = "--on", paramLabel = "MACHINE", description = "Cancel it on this machine only, " + MachineChoice.HELP
      + ".")
  private @Nullable String machine;

  @Mixin
  private final JsonOption json = new JsonOption();

  public CancelCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      String path = machine == null
          ? Directive.path(id)
          : Directive.runPath(id, MachineChoice.one(client, machine).string("id"));
      JsonObject answer = client.post(path + "/cancel", JsonObject.EMPTY);
      terminal.out()
          .println(json.wanted()
              ? answer.text()
              : "Cancelling " + id + "; `sallyport directive show " + id + "` tells how it ended.");
    }
    return ExitCode.OK;
  }
}
