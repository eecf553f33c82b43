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

/** Shows one schedule. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a schedule, its next times and what came of it.")
public final class ShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SCHEDULE", description = "Its name or id.")
  private String schedule = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  public ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject answer = client.get(Schedules.path(client, schedule));
      if (json.wanted()) {
        terminal.out().println(answer.text());
      } else {
        Schedules.print(terminal.out(), answer);
      }
    }
    return ExitCode.OK;
  }
}
