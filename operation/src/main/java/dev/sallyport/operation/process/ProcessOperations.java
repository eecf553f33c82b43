package dev.sallyport.operation.process;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.protocol.operation.ProcessOperation;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.protocol.operation.RunShell;

/** The family of operations that concern programs. */
public final class ProcessOperations implements Primitive<ProcessOperation> {
  private final RunProgramOperation runProgram;
  private final RunShellOperation runShell;

  public ProcessOperations(ProcessRunner runner) {
    this.runProgram = new RunProgramOperation(runner);
    this.runShell = new RunShellOperation(runner);
  }

  @Override
  public Ending run(ProcessOperation operation, OperationContext context) {
    return switch (operation) {
      case RunProgram program -> runProgram.run(program, context);
      case RunShell shell -> runShell.run(shell, context);
    };
  }
}
