package dev.sallyport.cli.user;

import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a grant away. */
@Command(name = "ungrant", mixinStandardHelpOptions = true, description = "Takes a grant away; `sallyport users --json` shows their ids.")
public final class UngrantCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "USER", description = "The account, by its name or id.")
  private String user = "";

  @Parameters(index = "1", paramLabel = "GRANT", description = "The grant's id.")
  private String grant = "";

  public UngrantCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      client.delete(Users.route(user) + "/grants/" + Users.segment(grant));
      terminal.out().println("Taken away.");
    }
    return ExitCode.OK;
  }
}
