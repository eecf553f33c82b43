package dev.sallyport.cli.schedule;

import java.io.IOException;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.Consent;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a schedule. */
@Command(name = "delete", mixinStandardHelpOptions = true, description = "Deletes a schedule; what it gave stays.")
public final class DeleteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SCHEDULE", description = "Its name or id.")
  private String schedule = "";

  @Mixin
  private final Consent consent = new Consent();

  @Mixin
  private final JsonOption json = new JsonOption();

  public DeleteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      String path = Schedules.path(client, schedule);
      consent.require(terminal, "Delete the schedule " + SafeText.oneLine(schedule) + "?");
      client.delete(path);
      terminal.out().println(json.wanted() ? JsonObject.builder().put("deleted", schedule).build().text() : "Deleted.");
    }
    return ExitCode.OK;
  }
}
