package dev.sallyport.server.action.user;

import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.UserOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import org.springframework.stereotype.Component;

/** Tells whoever sits at the machine something. */
@Component
final class MessageUserAction implements Action {
  private static final String AT_ONCE = "at-once";
  private static final String TRAY = "tray";
  private static final Parameter SHOW = new Parameter.Choice("show",
      "At once in a window, or behind an icon that flashes in the system tray until it is clicked.", false,
      List.of(AT_ONCE, TRAY));
  private static final ActionDescription DESCRIPTION = new ActionDescription("message-user",
      "Show the user a message",
      "Shows a message to whoever is logged in at a screen of the machine and tells for each of them whether it was read.",
      ActionClass.ACT, List.of(Words.TEXT, Words.TITLE, SHOW, Words.user("Only this user; all if left out."),
          Words.minutes("How long it stays if nobody reads it, at most as long as the order's time limit.", 60)));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void check(JsonObject parameters) {
    var _ = operation(parameters, UserOperation.Words.MAX_TIME);
  }

  @Override
  public JsonObject run(ActionContext context) {
    return context.perform(operation(context.parameters(), context.limits().time())).value();
  }

  private static UserOperation operation(JsonObject parameters, Duration limit) {
    UserOperation.Words words = Words.of(parameters, limit);
    return parameters.string(SHOW.name()).equals(TRAY)
        ? new UserOperation.Notice(words)
        : new UserOperation.Message(words);
  }
}
