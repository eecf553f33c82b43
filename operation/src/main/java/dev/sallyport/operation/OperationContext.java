package dev.sallyport.operation;

import dev.sallyport.protocol.operation.OperationId;

/**
 * What surrounds one run of an operation.
 *
 * @param id of the run
 * @param output where it writes what it produces
 */
public record OperationContext(OperationId id, OperationOutput output) {}
