package dev.sallyport.operation.process;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.protocol.operation.OperationDescription;
import dev.sallyport.protocol.operation.RunProgram;

/** {@code process.run}: a program with exactly these arguments, no shell in between. */
public final class RunProgramOperation implements Primitive<RunProgram> {
  private static final OperationDescription DESCRIPTION = ProcessOperations.describe(RunProgram.NAME);

  private final ProcessRunner runner;

  public RunProgramOperation(ProcessRunner runner) {
    this.runner = runner;
  }

  @Override
  public OperationDescription description() {
    return DESCRIPTION;
  }

  @Override
  public Ending run(RunProgram operation, OperationContext context) {
    var order = new ProcessOrder(operation.argv(), operation.environment(), operation.directory(),
        operation.stdin(),
        operation.limits().time(), context.id().value());
    return ProcessOperations.ending(runner.run(order, context.output()), operation.limits().time());
  }
}
