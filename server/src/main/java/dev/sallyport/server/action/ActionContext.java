package dev.sallyport.server.action;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;

/** One action on one machine, as the action sees it. Belongs to the thread the action runs on. */
public interface ActionContext {
  /** The parameters, validated against the action's description and completed with its defaults. */
  JsonObject parameters();

  /** What the directive allows a program: its time, and the bytes of output it has left. */
  Limits limits();

  /**
   * Has the machine do an operation and waits for it. What a program writes is stored as it comes and never seen here.
   *
   * @return a result whose outcome is {@code done}
   * @throws OperationEndedException if it ended in any other way; let it travel, and the run ends in that way too
   */
  default OperationResult perform(Operation operation) {
    OperationResult result = attempt(operation);
    return switch (result.outcome()) {
      case DONE -> result;
      case FAILED, REFUSED, UNSUPPORTED, EXPIRED, CANCELLED, UNKNOWN ->
        throw new OperationEndedException(operation, result);
    };
  }

  /** Like {@link #perform}, for actions that can go on without: returns the result whatever its outcome is. */
  OperationResult attempt(Operation operation);
}
