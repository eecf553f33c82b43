package dev.sallyport.server.action.account;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Tool;
import org.springframework.stereotype.Component;

/** Removes a user. */
@Component
final class RemoveUserAction implements Action {
  private static final Parameter HOME = new Parameter.Flag("home", "Remove the home directory and all that is in it.",
      false);
  private static final ActionDescription DESCRIPTION = new ActionDescription("remove-user", "Remove a user",
      "Removes a user; the home directory stays unless it is said otherwise.",
      ActionClass.EXEC, List.of(Accounts.USER, HOME));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    Accounts.require(context);
    String user = Accounts.user(context);
    Tool.run(context, context.parameters().bool(HOME.name())
        ? List.of("/usr/sbin/userdel", "--remove", "--", user)
        : List.of("/usr/sbin/userdel", "--", user));
    return JsonObject.EMPTY;
  }
}
