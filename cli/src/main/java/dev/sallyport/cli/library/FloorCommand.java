package dev.sallyport.cli.library;

import java.io.IOException;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.Consent;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Raises the floor of a library. */
@Command(name = "floor", mixinStandardHelpOptions = true, description = "Has no machine load an older version than this one; a floor never falls.")
public final class FloorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "LIBRARY", description = "Its name.")
  private String library = "";

  @Parameters(index = "1", paramLabel = "VERSION", description = "The oldest version that may be loaded.")
  private String version = "";

  @Mixin
  private final Consent consent = new Consent();

  public FloorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      consent.require(terminal,
          "Refuse what is older than " + SafeText.oneLine(library + " " + version) + " for good?");
      client.put(Libraries.PATH + "/" + Libraries.encode(library) + "/floor",
          JsonObject.builder().put("version", version).build());
      terminal.out().println("Older versions are refused from now on.");
    }
    return ExitCode.OK;
  }
}
