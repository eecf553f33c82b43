package dev.sallyport.cli.procedure;

import java.io.IOException;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.Consent;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes a procedure; its versions can still be read. */
@Command(name = "delete", mixinStandardHelpOptions = true, description = "Deletes a procedure; its versions can still be read.")
public final class DeleteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "The procedure.")
  private String name = "";

  @Mixin
  private final Consent consent = new Consent();

  @Mixin
  private final JsonOption json = new JsonOption();

  public DeleteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    String path = Procedures.path(name);
    try (ApiClient client = terminal.connect()) {
      consent.require(terminal, "Delete the procedure " + name + "?");
      client.delete(path);
      terminal.out().println(json.wanted() ? JsonObject.builder().put("deleted", name).build().text() : "Deleted.");
    }
    return ExitCode.OK;
  }
}
