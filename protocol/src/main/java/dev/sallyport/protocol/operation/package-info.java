/**
 * What an agent can be asked to do, one record per operation, and how it went.
 *
 * <p>{@link dev.sallyport.protocol.operation.Operation} is the order, {@link
 * dev.sallyport.protocol.operation.OperationResult} the answer, {@link dev.sallyport.protocol.operation.Operations} the
 * one table that ties names, readers and descriptions together. Every record checks itself: a value the protocol does not
 * allow cannot exist on either side.
 */
@NullMarked
package dev.sallyport.protocol.operation;

import org.jspecify.annotations.NullMarked;
