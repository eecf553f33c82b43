package dev.sallyport.cli.login;

import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.ApiException;
import dev.sallyport.cli.output.Terminal;
import picocli.CommandLine.Command;

/** Ends the token at the server and forgets it here. */
@Command(name = "logout", mixinStandardHelpOptions = true, description = "Ends the log-in at the server and forgets it here.")
public final class LogoutCommand implements Callable<Integer> {
  private static final int UNAUTHORIZED = 401;

  private final Terminal terminal;

  public LogoutCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      client.delete("/api/v1/tokens/current");
    } catch (ApiException e) {
      if (e.status() != UNAUTHORIZED) {
        throw e;
      }
      // The token is dead already, which is what was asked for.
    }
    terminal.profiles().forget();
    terminal.out().println("Logged out.");
    return ExitCode.OK;
  }
}
