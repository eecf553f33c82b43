package dev.sallyport.server.action;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.server.access.ActionClass;

/** A machine for actions that order operations and want nothing else of their context. */
public abstract class OnlyAttempts implements ActionContext {
  private final JsonObject parameters;

  protected OnlyAttempts(JsonObject parameters) {
    this.parameters = parameters;
  }

  @Override
  public final JsonObject parameters() {
    return parameters;
  }

  @Override
  public final Limits limits() {
    return Limits.DEFAULT;
  }

  @Override
  public final String machine() {
    throw unforeseen();
  }

  @Override
  public final byte[] secret(String name) {
    throw unforeseen();
  }

  @Override
  public final boolean permits(ActionClass actionClass) {
    throw unforeseen();
  }

  @Override
  public final Instant given() {
    throw unforeseen();
  }

  @Override
  public final OperationResult look(Operation operation, OutputSink sink) {
    throw unforeseen();
  }

  @Override
  public final Bulk bulk() {
    throw unforeseen();
  }

  @Override
  public final Captured capture(Operation operation) {
    throw unforeseen();
  }

  @Override
  public final OperationResult poll(Operation look, Predicate<OperationResult> until, Duration every, Duration atMost) {
    throw unforeseen();
  }

  private static AssertionError unforeseen() {
    return new AssertionError("the action wants more than to order operations");
  }
}
