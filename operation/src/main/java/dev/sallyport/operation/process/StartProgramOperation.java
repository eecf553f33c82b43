package dev.sallyport.operation.process;

import java.time.Duration;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.ProcessOperation;

/** {@code process.start}: the value is {@code pid start}, what the other operations name the process by. */
final class StartProgramOperation {
  private final ProcessRunner runner;
  private final ProcessTable table;

  StartProgramOperation(ProcessRunner runner, ProcessTable table) {
    this.runner = runner;
    this.table = table;
  }

  Ending run(ProcessOperation.Start operation, OperationContext context) {
    var order = new ProcessOrder(operation.argv(), operation.environment(), operation.directory(), Bytes.EMPTY,
        Duration.ZERO, context.id().value());
    return switch (runner.start(order)) {
      case ProcessRunner.Launch.Failed(String reason) -> Ending.without(Outcome.FAILED, reason);
      case ProcessRunner.Launch.Started(long pid) -> {
        var value = JsonObject.builder().put("pid", pid);
        table.facts(pid).ifPresent(facts -> value.put("start", facts.start()));
        yield Ending.found(value.build());
      }
    };
  }
}
