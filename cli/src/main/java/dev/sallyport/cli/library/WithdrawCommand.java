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

/** Withdraws a version. */
@Command(name = "withdraw", mixinStandardHelpOptions = true, description = "Has no machine load a version again.")
public final class WithdrawCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "LIBRARY", description = "Its name.")
  private String library = "";

  @Parameters(index = "1", paramLabel = "VERSION", description = "Its version.")
  private String version = "";

  @Mixin
  private final Consent consent = new Consent();

  public WithdrawCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      consent.require(terminal, "Withdraw " + SafeText.oneLine(library + " " + version) + " for good?");
      client.delete(Libraries.path(library, version));
      terminal.out().println("Withdrawn; a machine hears of it before its next call.");
    }
    return ExitCode.OK;
  }
}
