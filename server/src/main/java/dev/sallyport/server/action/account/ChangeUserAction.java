package dev.sallyport.server.action.account;

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

/** Changes a user. */
@Component
final class ChangeUserAction implements Action {
  private static final Parameter DO = new Parameter.Choice("do", "What to do.", true,
      List.of("lock", "unlock", "add-to-group", "remove-from-group"));
  private static final Parameter GROUP = new Parameter.Word("group", "The group, for the last two.", false,
      Spelling.ACCOUNT);
  private static final ActionDescription DESCRIPTION = new ActionDescription("change-user", "Lock or change a user",
      "Locks or unlocks a user's password, or puts the user into groups or out of one.",
      ActionClass.EXEC, List.of(Accounts.USER, DO, GROUP));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void check(JsonObject parameters) {
    boolean grouping = parameters.string(DO.name()).endsWith("group");
    if (grouping != parameters.has(GROUP.name())) {
      throw parameters.refused(GROUP.name(), grouping ? "expected the name of a group" : "not expected with this");
    }
  }

  @Override
  public JsonObject run(ActionContext context) {
    Accounts.require(context);
    String user = Accounts.user(context);
    String group = context.parameters().string(GROUP.name(), "");
    String what = context.parameters().string(DO.name());
    Tool.run(context, switch (what) {
      case "lock" -> List.of("/usr/sbin/usermod", "--lock", "--", user);
      case "unlock" -> List.of("/usr/sbin/usermod", "--unlock", "--", user);
      case "add-to-group" -> List.of("/usr/bin/gpasswd", "--add", user, "--", group);
      case "remove-from-group" -> List.of("/usr/bin/gpasswd", "--delete", user, "--", group);
      default -> throw new IllegalStateException("the description has no " + what);
    });
    return JsonObject.EMPTY;
  }
}
