package dev.sallyport.operation.process;

import java.util.List;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.protocol.operation.RunShell;

/**
 * {@code shell.run}: the operator's command line, for the machine's own shell to read.
 *
 * <p>The text is one element of the argument array, {@code /bin/sh -c TEXT}: the agent itself neither quotes nor joins anything, so
 * what the shell reads is to the letter what the operator wrote.
 */
final class RunShellOperation implements Primitive<RunShell> {
  private static final String SHELL = "/bin/sh";

  private final ProcessRunner runner;

  RunShellOperation(ProcessRunner runner) {
    this.runner = runner;
  }

  @Override
  public Ending run(RunShell operation, OperationContext context) {
    var order = new ProcessOrder(List.of(SHELL, "-c", operation.command()), operation.environment(),
        operation.directory(),
        operation.stdin(), operation.limits().time(), context.id().value());
    return Endings.of(runner.run(order, context.output()), operation.limits().time());
  }
}
