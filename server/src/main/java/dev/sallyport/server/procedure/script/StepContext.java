package dev.sallyport.server.procedure.script;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;

import dev.sallyport.gateway.CallInput;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.Bulk;
import dev.sallyport.server.action.Captured;

/**
 * A procedure's machine, as one of its actions sees it: with the action's own parameters, and secrets under the action's own names.
 *
 * @param secrets names of secret inputs by the action's parameters
 */
record StepContext(ActionContext whole, JsonObject parameters, Map<String, String> secrets) implements ActionContext {
  /** Where the action that runs procedures keeps secret inputs. */
  static final String SECRETS = "secrets";

  @Override
  public byte[] secret(String name) {
    String input = secrets.get(name);
    if (input == null) {
      throw new IllegalStateException("the step has no secret " + name);
    }
    return whole.secret(SECRETS + "." + input);
  }

  @Override
  public Instant given() {
    return whole.given();
  }

  @Override
  public boolean permits(ActionClass actionClass) {
    return whole.permits(actionClass);
  }

  @Override
  public boolean permits(ActionClass actionClass, String machine) {
    return whole.permits(actionClass, machine);
  }

  @Override
  public String machine() {
    return whole.machine();
  }

  @Override
  public OperationResult look(Operation operation, OutputSink sink) {
    return whole.look(operation, sink);
  }

  @Override
  public Limits limits() {
    return whole.limits();
  }

  @Override
  public OperationResult attempt(Operation operation, CallInput input) {
    return whole.attempt(operation, input);
  }

  @Override
  public Captured capture(Operation operation) {
    return whole.capture(operation);
  }

  @Override
  public OperationResult poll(Operation look, Predicate<OperationResult> until, Duration every, Duration atMost) {
    return whole.poll(look, until, every, atMost);
  }

  @Override
  public Bulk bulk() {
    return whole.bulk();
  }
}
