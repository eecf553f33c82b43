package dev.sallyport.server.action;

import java.time.Instant;

import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;

/** An operation ended in another way than {@code done}; the directive then ends in the same way. */
public final class OperationEndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient OperationResult result;

  /** @param result of the operation, whose outcome is not {@code done} */
  public OperationEndedException(Operation operation, OperationResult result) {
    super(operation.name() + " ended as " + result.outcome().word());
    this.result = result;
  }

  /** An action that cannot go on, for a reason of its own. */
  public OperationEndedException(Outcome outcome, String reason) {
    super(reason);
    this.result = OperationResult.without(outcome, Instant.EPOCH, Instant.EPOCH, reason);
  }

  /** How it ended. */
  public OperationResult result() {
    return result;
  }
}
