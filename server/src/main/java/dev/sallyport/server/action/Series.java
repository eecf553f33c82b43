package dev.sallyport.server.action;

import dev.sallyport.gateway.CallInput;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;

/**
 * Operations of one kind that follow each other, the blocks of a file say. Several of them are under way at once, so that the way to the machine
 * does not decide how fast they go; an operation with input arrives whole only after the one before it has ended, so they happen in their order.
 */
public interface Series {
  /** How many there are, at least one; each has a number of its own in the run, whether it is asked for or not. */
  int count();

  /** The first that is to be asked for, 0 to {@link #count}: of those before it is known that they have happened. */
  int first();

  /** One of them; follows from the parameters of the action and earlier results alone. May be called on any thread. */
  Operation operation(int index);

  /** What goes with one of them; read on a thread of its own. */
  default CallInput input(int index) {
    return CallInput.NONE;
  }

  /** Takes what one of them puts out, on a thread of its own; not stored with the run. What it throws ends the series. */
  default OutputSink output(int index) {
    return OutputSink.none();
  }

  /** One of them is {@code done}. Called in their order, on the action's thread. */
  void done(int index, OperationResult result);
}
