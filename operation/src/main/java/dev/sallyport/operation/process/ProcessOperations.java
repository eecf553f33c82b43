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
  private final StartProgramOperation start;
  private final LookAtProcesses look;
  private final CloseProcessOperation close;

  public ProcessOperations(ProcessRunner runner, ProcessTable table) {
    this.runProgram = new RunProgramOperation(runner);
    this.runShell = new RunShellOperation(runner);
    this.start = new StartProgramOperation(runner, table);
    this.look = new LookAtProcesses(table);
    this.close = new CloseProcessOperation(table);
  }

  @Override
  public Ending run(ProcessOperation operation, OperationContext context) {
    return switch (operation) {
      case RunProgram program -> runProgram.run(program, context);
      case RunShell shell -> runShell.run(shell, context);
      case ProcessOperation.Start program -> start.run(program, context);
      case ProcessOperation.ListProcesses page -> look.page(page);
      case ProcessOperation.IsRunning program -> look.isRunning(program);
      case ProcessOperation.Close process -> close.run(process);
    };
  }
}
