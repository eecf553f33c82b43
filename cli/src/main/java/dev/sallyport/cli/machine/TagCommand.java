package dev.sallyport.cli.machine;

import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what a machine is called besides its name. */
@Command(name = "tag", mixinStandardHelpOptions = true, description = "Gives a machine these tags in place of those it had; none takes them all away.", footer = {
    "", "Rights are granted by tags: whoever holds a grant for one of them may work on the machine from now on."})
public final class TagCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MACHINE", description = "The machine, " + MachineChoice.HELP + ".")
  private String machine = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "TAG", description = "Words of a-z, 0-9 and . _ - between them.")
  private List<String> tags = List.of();

  @Mixin
  private final JsonOption json = new JsonOption();

  public TagCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject chosen = MachineChoice.one(client, machine);
      JsonObject tagged = client.put("/api/v1/machines/" + chosen.string("id") + "/tags",
          JsonObject.builder().putStrings("tags", tags).build());
      terminal.out().println(json.wanted() ? tagged.text() : tags.isEmpty() ? "No tags." : String.join(" ", tags));
    }
    return ExitCode.OK;
  }
}
