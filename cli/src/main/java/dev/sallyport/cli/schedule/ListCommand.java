package dev.sallyport.cli.schedule;

import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Table;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists schedules. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the schedules.")
public final class ListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private final JsonOption json = new JsonOption();

  public ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      List<JsonObject> schedules = Schedules.all(client);
      if (json.wanted()) {
        terminal.out().println(JsonObject.builder().put("schedules", JsonArray.of(schedules)).build().text());
      } else if (schedules.isEmpty()) {
        terminal.note("There is no schedule; `sallyport schedule create` makes one.");
      } else {
        var table = new Table("NAME", "CRON", "TIME ZONE", "STATE", "NEXT", "RUNS AS");
        schedules.forEach(schedule -> table.row(schedule.string("name"), schedule.string("cron"),
            schedule.string("timeZone"), Schedules.state(schedule), Fields.text(schedule, "next"),
            schedule.string("runsAs")));
        table.print(terminal.out());
      }
    }
    return ExitCode.OK;
  }
}
