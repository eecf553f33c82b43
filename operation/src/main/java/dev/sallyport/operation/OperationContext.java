package dev.sallyport.operation;

import dev.sallyport.protocol.operation.OperationId;

/**
 * What surrounds one run of an operation.
 *
 * @param id of the run
 * @param output where it writes what it produces
 * @param input what came with the order
 */
public record OperationContext(OperationId id, OperationOutput output, OperationInput input) {
  /** Of a run without input. */
  public OperationContext(OperationId id, OperationOutput output) {
    this(id, output, OperationInput.NONE);
  }
}
