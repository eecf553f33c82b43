package dev.sallyport.operation.power;

import java.time.Duration;
import java.util.Map;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.PowerOperation;

/** The family of operations that turn the machine off or start it anew. The tool only announces it, so the result can still be told. */
public final class PowerOperations implements Primitive<PowerOperation> {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int MAX_OUTPUT_BYTES = 4096;

  private final SystemTool tool;
  private final PowerCommands commands;

  public PowerOperations(SystemTool tool, PowerCommands commands) {
    this.tool = tool;
    this.commands = commands;
  }

  @Override
  public Ending run(PowerOperation operation, OperationContext context) {
    if (commands.program().isEmpty()) {
      return Ending.without(Outcome.UNSUPPORTED, "this machine has no shutdown program; it may be a container");
    }
    return switch (tool.run(commands.argv(operation), Map.of(), LIMIT, MAX_OUTPUT_BYTES, context)) {
      case SystemTool.Answer.Not(Ending ending) -> ending;
      case SystemTool.Answer.Ended ended ->
        ended.code() == 0 ? Ending.found(JsonObject.EMPTY) : ended.failed("the system did not take the order");
    };
  }
}
