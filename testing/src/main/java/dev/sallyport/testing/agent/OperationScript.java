package dev.sallyport.testing.agent;

import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;

/** Says what a fake agent answers; runs on a thread of its own for each operation and may block. */
@FunctionalInterface
public interface OperationScript {
  /**
   * The answer to one operation; an interrupt means that the agent ended.
   *
   * @throws Exception makes the agent reset the stream
   */
  Answer answer(OperationId id, Operation operation) throws Exception;

  /** Can do nothing. */
  static OperationScript none() {
    return (id, operation) -> Answer.without(Outcome.UNSUPPORTED, "this agent is a fake");
  }
}
