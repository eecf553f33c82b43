package dev.sallyport.server.action.user;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.UserOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.OperationEndedException;
import org.springframework.stereotype.Component;

/** Tells who is logged in. */
@Component
final class ListSessionsAction implements Action {
  private static final ActionDescription DESCRIPTION = new ActionDescription("list-sessions", "See who is logged in",
      "Lists who is logged in at the machine's screens and terminals, and since when.", ActionClass.READ, List.of());

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    var look = new UserOperation.Sessions();
    OperationResult seen = context.remember(look);
    if (seen.outcome() != Outcome.DONE) {
      throw new OperationEndedException(look, seen);
    }
    return seen.value();
  }
}
