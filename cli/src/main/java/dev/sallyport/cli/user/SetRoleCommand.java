package dev.sallyport.cli.user;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes or changes a role. */
@Command(name = "set", mixinStandardHelpOptions = true, description = "Makes a role of your own, or gives it other classes.")
public final class SetRoleCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "How it is called.")
  private String name = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "CLASS", description = "read, act, exec, file.get, file.put, registry.set, desktop, plugin, update, policy, proxy, access.")
  private List<String> classes = List.of();

  @Mixin
  private final OwnPassword password = new OwnPassword();

  @Mixin
  private final JsonOption json = new JsonOption();

  public SetRoleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      JsonObject set = client.put(Users.ROLES + "/" + Users.segment(name),
          JsonObject.builder().putStrings("classes", classes).put("password", password.read(terminal)).build());
      terminal.out().println(json.wanted() ? set.text() : "Set.");
    }
    return ExitCode.OK;
  }
}
