package dev.sallyport.operation;

import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationDescription;

/**
 * One thing an agent can do by itself. Stateless; many may run at once.
 *
 * <p>An implementation blocks the calling thread until the work is over. An interrupt of that thread means that somebody cancelled
 * the operation: it cleans up and ends soon with {@link dev.sallyport.protocol.operation.Outcome#CANCELLED}.
 *
 * @param <O> its arguments
 */
public interface Primitive<O extends Operation> {
  /** What the server is told about it; the same object each time. */
  OperationDescription description();

  Ending run(O operation, OperationContext context);
}
