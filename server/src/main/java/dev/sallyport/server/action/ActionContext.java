package dev.sallyport.server.action;

import dev.sallyport.gateway.CallInput;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;

/** One action on one machine, as the action sees it. Belongs to the thread the action runs on. */
public interface ActionContext {
  /** The parameters, validated against the action's description and completed with its defaults. */
  JsonObject parameters();

  /** The id of the machine. */
  String machine();

  /** What the directive allows a program: its time, and the bytes of output it has left. */
  Limits limits();

  /** As {@link #perform(Operation, CallInput)}, for operations that take no input. */
  default OperationResult perform(Operation operation) {
    return perform(operation, CallInput.NONE);
  }

  /**
   * Has the machine do an operation and waits for it. What a program writes is stored as it comes and never seen here.
   *
   * @param input what goes with the operation; read again when the action is run again
   * @return a result whose outcome is {@code done}
   * @throws OperationEndedException if it ended in any other way; let it travel, and the run ends in that way too
   */
  default OperationResult perform(Operation operation, CallInput input) {
    OperationResult result = attempt(operation, input);
    return switch (result.outcome()) {
      case DONE -> result;
      case FAILED, REFUSED, UNSUPPORTED, EXPIRED, CANCELLED, UNKNOWN ->
        throw new OperationEndedException(operation, result);
    };
  }

  /** As {@link #attempt(Operation, CallInput)}, for operations that take no input. */
  default OperationResult attempt(Operation operation) {
    return attempt(operation, CallInput.NONE);
  }

  /** Like {@link #perform}, for actions that can go on without: returns the result whatever its outcome is. */
  OperationResult attempt(Operation operation, CallInput input);

  /**
   * Like {@link #attempt(Operation, CallInput)}, for an operation that only looks and whose output the action itself wants: it goes to the sink, from its
   * beginning, and is not stored with the run.
   *
   * @param sink takes the output on this thread; what it throws comes out here
   * @throws IllegalArgumentException if the operation may change something: its output must be on the disk before the machine forgets it
   */
  OperationResult look(Operation operation, OutputSink sink);
}
