package dev.sallyport.cli.machine;

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

/** Throws a machine out for good. */
@Command(name = "revoke", mixinStandardHelpOptions = true, description = "Throws a machine out, at once and for good; it can only be enrolled anew.")
public final class RevokeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MACHINE", description = "The machine, " + MachineChoice.HELP + ".")
  private String machine = "";

  @Mixin
  private final Consent consent = new Consent();

  @Mixin
  private final JsonOption json = new JsonOption();

  public RevokeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      JsonObject chosen = MachineChoice.one(client, machine);
      String id = chosen.string("id");
      String name = SafeText.oneLine(chosen.string("name"));
      consent.require(terminal, "Throw out " + name + " (" + id + ") for good?");
      client.post("/api/v1/machines/" + id + "/revoke", JsonObject.EMPTY);
      terminal.out().println(json.wanted()
          ? JsonObject.builder().put("id", id).put("name", chosen.string("name")).put("state", "revoked").build().text()
          : name + " (" + id + ") is thrown out.");
    }
    return ExitCode.OK;
  }
}
