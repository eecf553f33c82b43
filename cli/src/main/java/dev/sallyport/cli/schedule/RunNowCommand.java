package dev.sallyport.cli.schedule;

import java.util.UUID;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives what a schedule gives. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Gives the order now, as you, and prints the id of the directive.")
public final class RunNowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SCHEDULE", description = "Its name or id.")
  private String schedule = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  public RunNowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject answer = client.postOnce(Schedules.path(client, schedule) + "/run-now", JsonObject.EMPTY,
          UUID.randomUUID().toString());
      terminal.out().println(json.wanted() ? answer.text() : answer.string("directive"));
    }
    return ExitCode.OK;
  }
}
