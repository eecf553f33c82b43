package dev.sallyport.cli.schedule;

import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a schedule rest. */
@Command(name = "disable", mixinStandardHelpOptions = true, description = "Lets a schedule rest until it is enabled.")
public final class DisableCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SCHEDULE", description = "Its name or id.")
  private String schedule = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  public DisableCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject answer = client.patch(Schedules.path(client, schedule),
          JsonObject.builder().put("enabled", false).build());
      terminal.out().println(json.wanted() ? answer.text() : "Disabled.");
    }
    return ExitCode.OK;
  }
}
