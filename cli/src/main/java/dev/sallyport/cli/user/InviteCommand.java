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
import picocli.CommandLine.Parameters;

/** Makes a link to a new password. */
@Command(name = "invite", mixinStandardHelpOptions = true, description = "Prints a one-time link with which somebody chooses a new password; the old one works until then.")
public final class InviteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "USER", description = "The account, by its name or id.")
  private String user = "";

  @Mixin
  private final OwnPassword password = new OwnPassword();

  @Mixin
  private final JsonOption json = new JsonOption();

  public InviteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      JsonObject made = client.post(Users.route(user) + "/invitation",
          JsonObject.builder().put("password", password.read(terminal)).build());
      if (json.wanted()) {
        terminal.out().println(made.text());
      } else {
        Users.printLink(terminal.out(), client, made);
      }
    }
    return ExitCode.OK;
  }
}
