package dev.sallyport.agent.execute;

import java.time.Duration;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.PrimitiveOperations;
import dev.sallyport.protocol.operation.Operation;

/** Who does what an operation asks for, once the executor has decided that it may be done now. */
public interface Performer {
  /** Does it on the calling thread; an interrupt cancels it. */
  Ending perform(Operation operation, OperationContext context);

  /** How long an operation that only looks may take. */
  Duration timeLimit(Operation operation);

  /** The operations built into the agent. */
  static Performer of(PrimitiveOperations primitives) {
    return new Performer() {
      @Override
      public Ending perform(Operation operation, OperationContext context) {
        return primitives.run(operation, context);
      }

      @Override
      public Duration timeLimit(Operation operation) {
        return operation.description().timeLimit();
      }
    };
  }
}
