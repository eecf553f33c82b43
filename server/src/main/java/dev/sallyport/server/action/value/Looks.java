package dev.sallyport.server.action.value;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.OperationEndedException;

/** Looks whose answer is the action's, noted because a procedure may decide by it. */
final class Looks {
  private Looks() {
  }

  static JsonObject at(ActionContext context, Operation look) {
    OperationResult seen = context.remember(look);
    if (seen.outcome() != Outcome.DONE) {
      throw new OperationEndedException(look, seen);
    }
    return seen.value();
  }
}
