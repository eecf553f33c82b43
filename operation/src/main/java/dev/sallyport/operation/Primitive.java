package dev.sallyport.operation;

import dev.sallyport.protocol.operation.Operation;

/**
 * One thing an agent can do by itself, or a family of them. Many may run at once.
 *
 * <p>An implementation blocks the calling thread until the work is over. An interrupt of that thread means that somebody cancelled
 * the operation: it cleans up and ends soon with {@link dev.sallyport.protocol.operation.Outcome#CANCELLED}.
 *
 * @param <O> its arguments
 */
@FunctionalInterface
public interface Primitive<O extends Operation> {
  Ending run(O operation, OperationContext context);
}
