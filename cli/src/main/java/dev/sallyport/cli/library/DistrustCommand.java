package dev.sallyport.cli.library;

import java.io.IOException;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.Consent;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Trusts a key no more. */
@Command(name = "distrust", mixinStandardHelpOptions = true, description = "Trusts a key no more: what it has signed is not loaded again; for owners.")
public final class DistrustCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "What the key is called.")
  private String name = "";

  @Mixin
  private final Consent consent = new Consent();

  public DistrustCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      consent.require(terminal, "Load nothing that the key " + SafeText.oneLine(name) + " has signed?");
      client.delete(Libraries.KEYS + "/" + Libraries.encode(name));
      terminal.out().println("Not trusted any more.");
    }
    return ExitCode.OK;
  }
}
