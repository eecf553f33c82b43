package dev.sallyport.gateway;

import java.time.Instant;

import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationId;

/**
 * What an agent is asked to do.
 *
 * @param id names the operation for ever; the agent never starts the same id twice
 * @param operation what to do
 * @param from how many bytes of output are stored here already, 0 for a new operation
 * @param latestStart the agent does not begin after this time
 * @param input what goes with the operation, see {@link Operation#input}
 */
public record OperationCall(OperationId id, Operation operation, long from, Instant latestStart, CallInput input) {
  /** A call of an operation that takes no input. */
  public OperationCall(OperationId id, Operation operation, long from, Instant latestStart) {
    this(id, operation, from, latestStart, CallInput.NONE);
  }
}
