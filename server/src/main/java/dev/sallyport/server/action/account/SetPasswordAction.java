package dev.sallyport.server.action.account;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import org.springframework.stereotype.Component;

/** Sets a password. */
@Component
final class SetPasswordAction implements Action {
  private static final Parameter PASSWORD = new Parameter.Secret("password", "The new password.", true,
      Accounts.MAX_PASSWORD);
  private static final ActionDescription DESCRIPTION = new ActionDescription("set-password", "Set a user's password",
      "Sets the password of a user. Nobody can read it here afterwards.",
      ActionClass.EXEC, List.of(Accounts.USER, PASSWORD));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void check(JsonObject parameters) {
    Accounts.checkPassword(parameters, PASSWORD.name());
  }

  @Override
  public JsonObject run(ActionContext context) {
    Accounts.require(context);
    Accounts.setPassword(context, Accounts.user(context), PASSWORD.name());
    return JsonObject.EMPTY;
  }
}
