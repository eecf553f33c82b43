package dev.sallyport.server.action.account;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Spelling;
import dev.sallyport.server.action.Tool;
import org.springframework.stereotype.Component;

/** Creates a user. */
@Component
final class CreateUserAction implements Action {
  private static final int MAX_GROUPS = 50;
  private static final Parameter FULL_NAME = new Parameter.Text("fullName", "The user's name for people.", false, 200,
      false);
  private static final Parameter GROUPS = new Parameter.Words("groups", "Groups to be in besides the user's own.",
      false,
      MAX_GROUPS, Spelling.ACCOUNT);
  private static final Parameter SHELL = new Parameter.Text("shell", "The program a log-in starts, by its whole path.",
      false, 200, false);
  private static final Parameter PASSWORD = new Parameter.Secret("password",
      "The password; without one nobody can log in with a password.", false, Accounts.MAX_PASSWORD);
  private static final ActionDescription DESCRIPTION = new ActionDescription("create-user", "Create a user",
      "Creates a user with a home directory.",
      ActionClass.EXEC, List.of(Accounts.USER, FULL_NAME, GROUPS, SHELL, PASSWORD));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void check(JsonObject parameters) {
    Accounts.checkPassword(parameters, PASSWORD.name());
    String fullName = parameters.string(FULL_NAME.name(), "");
    if (fullName.chars().anyMatch(c -> c < ' ' || c == ':' || c == 0x7f)) {
      throw parameters.refused(FULL_NAME.name(), "expected text without colons and control characters");
    }
    String shell = parameters.string(SHELL.name(), "/");
    if (!shell.startsWith("/") || shell.chars().anyMatch(c -> c < ' ' || c == ':' || c == 0x7f)) {
      throw parameters.refused(SHELL.name(), "expected a whole path");
    }
  }

  @Override
  public JsonObject run(ActionContext context) {
    Accounts.require(context);
    JsonObject parameters = context.parameters();
    String user = Accounts.user(context);
    var argv = new ArrayList<>(List.of("/usr/sbin/useradd", "--create-home"));
    if (parameters.has(FULL_NAME.name())) {
      argv.addAll(List.of("--comment", parameters.string(FULL_NAME.name())));
    }
    if (parameters.has(GROUPS.name())) {
      argv.addAll(List.of("--groups",
          String.join(",", parameters.strings(GROUPS.name(), MAX_GROUPS, Spelling.ACCOUNT.maxLength()))));
    }
    if (parameters.has(SHELL.name())) {
      argv.addAll(List.of("--shell", parameters.string(SHELL.name())));
    }
    argv.addAll(List.of("--", user));
    Tool.run(context, argv);
    if (parameters.has(PASSWORD.name())) {
      Accounts.setPassword(context, user, PASSWORD.name());
    }
    return JsonObject.EMPTY;
  }
}
