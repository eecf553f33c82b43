package dev.sallyport.server.action;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

import dev.sallyport.gateway.CallInput;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.server.access.ActionClass;

/** One action on one machine, as the action sees it. Belongs to the thread the action runs on. */
public interface ActionContext {
  /** The parameters, validated against the action's description and completed with its defaults. */
  JsonObject parameters();

  /** The id of the machine. */
  String machine();

  /**
   * A secret parameter in UTF-8, a copy of its own that the caller wipes; {@link #parameters} shows {@link Parameter.Secret#SHOWN} for it.
   *
   * @throws IllegalStateException if there is none of this name
   */
  byte[] secret(String name);

  /** Whether whoever gave the order may give actions of this class, asked anew each time; a run may end by it and decide nothing else. */
  boolean permits(ActionClass actionClass);

  /** The same for another machine, from which something is to come. */
  default boolean permits(ActionClass actionClass, String machine) {
    return machine.equals(machine()) && permits(actionClass);
  }

  /** When the order was given: the only clock an action may decide by. */
  Instant given();

  /** What the directive allows a program: its time, and the bytes of output it has left. */
  Limits limits();

  /** As {@link #perform(Operation, CallInput)}, for operations that take no input. */
  default OperationResult perform(Operation operation) {
    return perform(operation, CallInput.NONE);
  }

  /**
   * Has the machine do an operation and waits for it. What a program writes is stored as it comes and never seen here.
   *
   * @param input what goes with the operation; read again when the action is run again
   * @return a result whose outcome is {@code done}
   * @throws OperationEndedException if it ended in any other way; let it travel, and the run ends in that way too
   */
  default OperationResult perform(Operation operation, CallInput input) {
    OperationResult result = attempt(operation, input);
    return switch (result.outcome()) {
      case DONE -> result;
      case FAILED, REFUSED, UNSUPPORTED, EXPIRED, CANCELLED, UNKNOWN ->
        throw new OperationEndedException(operation, result);
    };
  }

  /** As {@link #attempt(Operation, CallInput)}, for operations that take no input. */
  default OperationResult attempt(Operation operation) {
    return attempt(operation, CallInput.NONE);
  }

  /** Like {@link #perform}, for actions that can go on without: returns the result whatever its outcome is. */
  OperationResult attempt(Operation operation, CallInput input);

  /**
   * Like {@link #attempt(Operation, CallInput)}, for an operation that only looks and whose output the action itself wants: it goes to the sink, from its
   * beginning, and is not stored with the run.
   *
   * @param sink takes the output on this thread; what it throws comes out here
   * @throws IllegalArgumentException if the operation may change something: its output must be on the disk before the machine forgets it
   */
  OperationResult look(Operation operation, OutputSink sink);

  /**
   * Has the machine do an operation whose output the action itself reads; it is not stored as output of the run. The answer is the same when
   * the action is run again: an agent remembers what it changed, and the server notes here what was only looked at.
   *
   * @return whatever the outcome is
   */
  Captured capture(Operation operation);

  /** As {@link #capture}, for operations without output: a look at the machine on which later changes depend. */
  default OperationResult remember(Operation look) {
    return capture(look).result();
  }

  /**
   * Looks again and again until the machine is as wanted; the last answer is noted, so that the action decides the same when it is run
   * again. A machine that is away in between is waited for.
   *
   * @param look an operation that changes nothing
   * @param every pause between two looks
   * @param atMost time after which the last answer is taken as it is; counted anew when the action is run again
   */
  OperationResult poll(Operation look, Predicate<OperationResult> until, Duration every, Duration atMost);

  /** For actions that move much data. */
  Bulk bulk();
}
