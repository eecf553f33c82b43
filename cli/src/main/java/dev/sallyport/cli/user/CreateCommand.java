package dev.sallyport.cli.user;

import java.io.IOException;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an account. */
@Command(name = "create", mixinStandardHelpOptions = true, description = "Makes an account and prints the one-time link with which its owner chooses a password.")
public final class CreateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "The name to log in with.")
  private String name = "";

  @Option(names = "--role", paramLabel = "ROLE", defaultValue = "none", description = "What it may everywhere: viewer, operator, technician, admin, owner or none (default: ${DEFAULT-VALUE}).")
  private String role = "";

  @Mixin
  private final OwnPassword password = new OwnPassword();

  @Mixin
  private final JsonOption json = new JsonOption();

  public CreateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      JsonObject made = client.post(Users.ROUTE,
          JsonObject.builder().put("name", name).put("role", role).put("password", password.read(terminal)).build());
      if (json.wanted()) {
        terminal.out().println(made.text());
      } else {
        Users.printLink(terminal.out(), client, made);
      }
    }
    return ExitCode.OK;
  }
}
