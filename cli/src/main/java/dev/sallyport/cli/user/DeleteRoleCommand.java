package dev.sallyport.cli.user;

import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Deletes a role. */
@Command(name = "delete", mixinStandardHelpOptions = true, description = "Deletes a role of your own that nobody was granted.")
public final class DeleteRoleCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "How it is called.")
  private String name = "";

  public DeleteRoleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      client.delete(Users.ROLES + "/" + Users.segment(name));
      terminal.out().println("Deleted.");
    }
    return ExitCode.OK;
  }
}
