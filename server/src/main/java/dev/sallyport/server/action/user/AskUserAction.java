package dev.sallyport.server.action.user;

import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.UserOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import org.springframework.stereotype.Component;

/** Asks whoever sits at the machine. */
@Component
final class AskUserAction implements Action {
  private static final ActionDescription DESCRIPTION = new ActionDescription("ask-user", "Ask the user yes or no",
      "Asks whoever is logged in at the machine's screen; the answer is yes, no, none (nobody answered) or closed.",
      ActionClass.ACT,
      List.of(Words.TEXT, Words.TITLE, Words.user("Whom to ask; needed where several are logged in."),
          Words.minutes("How long an answer is waited for, at most as long as the order's time limit.", 5)));

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

  private static UserOperation.Ask operation(JsonObject parameters, Duration limit) {
    return new UserOperation.Ask(Words.of(parameters, limit));
  }
}
