package dev.sallyport.cli.user;

import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Table;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists roles; below it, what changes those of your own. */
@Command(name = "roles", mixinStandardHelpOptions = true, description = "Lists the roles and their classes of action; below it, what changes your own. For owners.", synopsisSubcommandLabel = "[COMMAND]", subcommands = {
    SetRoleCommand.class, DeleteRoleCommand.class})
public final class RolesCommand implements Callable<Integer> {
  /** Classes of a role, and characters of one. */
  private static final int MAX_CLASSES = 100;

  private final Terminal terminal;

  @Mixin
  private final JsonOption json = new JsonOption();

  public RolesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      List<JsonObject> roles = Fields.list(client.get(Users.ROLES), "roles");
      if (json.wanted()) {
        terminal.out().println(JsonObject.builder().put("roles", JsonArray.of(roles)).build().text());
      } else {
        var table = new Table("NAME", "CLASSES");
        roles.forEach(role -> table.row(SafeText.oneLine(role.string("name")),
            String.join(" ", role.strings("classes", MAX_CLASSES, MAX_CLASSES))));
        table.print(terminal.out());
      }
    }
    return ExitCode.OK;
  }
}
