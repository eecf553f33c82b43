package dev.sallyport.operation.process;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.protocol.operation.RunProgram;

/** {@code process.run}: a program with exactly these arguments, no shell in between. */
final class RunProgramOperation implements Primitive<RunProgram> {
  private final ProcessRunner runner;

  RunProgramOperation(ProcessRunner runner) {
    this.runner = runner;
  }

  @Override
  public Ending run(RunProgram operation, OperationContext context) {
    var order = new ProcessOrder(operation.argv(), operation.environment(), operation.directory(),
        operation.stdin(),
        operation.limits().time(), context.id().value());
    return Endings.of(runner.run(order, context.output()), operation.limits().time());
  }
}
