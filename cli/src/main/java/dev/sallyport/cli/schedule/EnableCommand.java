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

/** Lets a schedule go on. */
@Command(name = "enable", mixinStandardHelpOptions = true, description = "Lets a disabled or suspended schedule go on; it runs as you from now on.")
public final class EnableCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SCHEDULE", description = "Its name or id.")
  private String schedule = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  public EnableCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject answer = client.patch(Schedules.path(client, schedule),
          JsonObject.builder().put("enabled", true).build());
      if (json.wanted()) {
        terminal.out().println(answer.text());
      } else {
        Schedules.print(terminal.out(), answer);
      }
    }
    return ExitCode.OK;
  }
}
