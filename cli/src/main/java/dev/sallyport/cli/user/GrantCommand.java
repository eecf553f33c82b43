package dev.sallyport.cli.user;

import java.io.IOException;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.directive.BatchOptions;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Grants a role for some machines or times. */
@Command(name = "grant", mixinStandardHelpOptions = true, description = "Gives an account a role for some machines, besides its own.")
public final class GrantCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "USER", description = "The account, by its name or id.")
  private String user = "";

  @Parameters(index = "1", paramLabel = "ROLE", description = "viewer, operator, technician, admin, owner, or one of `sallyport roles`.")
  private String role = "";

  @Parameters(index = "2", paramLabel = "SCOPE", description = "all, tag:NAME, machine:ID or site:ID.")
  private String scope = "";

  @Option(names = "--window", paramLabel = "WINDOW", description = "In these hours only: '[DAYS] FROM-TO ZONE', for example 'mon-fri 08:00-18:00 Europe/Berlin'.")
  private @Nullable String window;

  @Mixin
  private final OwnPassword password = new OwnPassword();

  @Mixin
  private final JsonOption json = new JsonOption();

  public GrantCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      var grant = JsonObject.builder().put("role", role).put("scope", scope);
      if (window != null) {
        grant.put("window", BatchOptions.window(window));
      }
      JsonObject made = client.post(Users.route(user) + "/grants",
          grant.put("password", password.read(terminal)).build());
      terminal.out().println(json.wanted()
          ? made.text()
          : "Granted: " + SafeText.oneLine(user) + " is " + made.string("role") + " on " + made.string("scope")
              + "; to take it away: sallyport users ungrant " + SafeText.oneLine(user) + " " + made.string("id"));
    }
    return ExitCode.OK;
  }
}
