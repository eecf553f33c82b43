package dev.sallyport.cli.machine;

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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists machines; below it, what decides who is one. */
@Command(name = "machines", mixinStandardHelpOptions = true, description = "Lists the machines you may see; below it, what concerns one of them.", synopsisSubcommandLabel = "[COMMAND]", subcommands = {
    ApproveCommand.class, RevokeCommand.class, ConnectionCommand.class, TagCommand.class}, footer = {"",
        "The table shows the beginning of each id, which commands take for the whole; --json shows all."})
public final class MachinesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", arity = "0..1", paramLabel = "PATTERN", defaultValue = "*", description = "Only machines with such a name; * and ? are wildcards.")
  private String pattern = "";

  @Option(names = "--state", paramLabel = "STATE", defaultValue = "", description = "Only machines that are online, offline or pending.")
  private String state = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  public MachinesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      List<JsonObject> machines = Machines.matching(client, pattern, state);
      if (json.wanted()) {
        terminal.out().println(JsonObject.builder().put("machines", JsonArray.of(machines)).build().text());
      } else if (machines.isEmpty()) {
        terminal.note("No machine matches. `sallyport enrol-token` prints the line that adds one.");
      } else {
        print(machines);
      }
    }
    return ExitCode.OK;
  }

  private void print(List<JsonObject> machines) {
    var table = new Table("NAME", "STATE", "OS", "ADDRESS", "AGENT", "LAST SEEN", "ID");
    int characters = MachineChoice.distinctLength(machines);
    for (JsonObject machine : machines) {
      table.row(machine.string("name"), machine.string("state"), Fields.text(machine, "os"),
          Fields.text(machine, "address"),
          Fields.text(machine, "agentVersion"), Fields.text(machine, "lastSeen"),
          MachineChoice.start(machine, characters));
    }
    table.print(terminal.out());
  }
}
