package dev.sallyport.cli.user;

import java.io.IOException;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes an account. */
@Command(name = "change", mixinStandardHelpOptions = true, description = "Gives an account another role, shuts it or opens it again.", footer = {
    "",
    "A shut account is out at once: its sessions, tokens and open streams end, and what it had waiting is not started."})
public final class ChangeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "USER", description = "The account, by its name or id.")
  private String user = "";

  @Option(names = "--role", paramLabel = "ROLE", description = "What it may everywhere from now on.")
  private @Nullable String role;

  @Option(names = "--disable", description = "Shut it.")
  private boolean disable;

  @Option(names = "--enable", description = "Open it again.")
  private boolean enable;

  @Mixin
  private final OwnPassword password = new OwnPassword();

  @Mixin
  private final JsonOption json = new JsonOption();

  public ChangeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      if (disable == enable && role == null) {
        throw new IllegalArgumentException("say what to change: --role, --disable or --enable");
      }
      var change = JsonObject.builder();
      if (role != null) {
        change.put("role", role);
      }
      if (disable != enable) {
        change.put("enabled", enable);
      }
      if (role != null || enable) {
        change.put("password", password.read(terminal));
      }
      JsonObject changed = client.patch(Users.route(user), change.build());
      terminal.out().println(json.wanted()
          ? changed.text()
          : SafeText.oneLine(changed.string("name")) + ": " + changed.string("role") + ", "
              + (changed.bool("enabled") ? "enabled" : "disabled") + ".");
    }
    return ExitCode.OK;
  }
}
