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

/** Lists accounts; below it, what concerns one of them. */
@Command(name = "users", mixinStandardHelpOptions = true, description = "Lists who may log in; below it, what concerns one of them. For owners.", synopsisSubcommandLabel = "[COMMAND]", subcommands = {
    CreateCommand.class, InviteCommand.class, ChangeCommand.class, GrantCommand.class, UngrantCommand.class}, footer = {
        "", "  sallyport users create vera --role none",
        "  sallyport users grant vera technician tag:web --window 'mon-fri 08:00-18:00 Europe/Berlin'"})
public final class UsersCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private final JsonOption json = new JsonOption();

  public UsersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      List<JsonObject> users = Fields.list(client.get(Users.ROUTE), "users");
      if (json.wanted()) {
        terminal.out().println(JsonObject.builder().put("users", JsonArray.of(users)).build().text());
      } else {
        var table = new Table("NAME", "ROLE", "STATE", "GRANTS");
        users.forEach(user -> table.row(SafeText.oneLine(user.string("name")), user.string("role"),
            user.bool("enabled") ? "enabled" : "disabled", Users.grants(user)));
        table.print(terminal.out());
      }
    }
    return ExitCode.OK;
  }
}
