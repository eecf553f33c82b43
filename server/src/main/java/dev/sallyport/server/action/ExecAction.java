package dev.sallyport.server.action;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.server.access.ActionClass;
import org.springframework.stereotype.Component;

/** Runs a program with exactly the arguments given; no shell reads them. */
@Component
final class ExecAction implements Action {
  private static final String ARGV = "argv";

  private static final ActionDescription DESCRIPTION = new ActionDescription("exec", "Run a program",
      "Starts one program with exactly these arguments, without a shell, and shows what it prints.", ActionClass.EXEC,
      List.of(
          new Parameter.TextList(ARGV, "The program and its arguments, one text each.", true, RunProgram.MAX_ARGUMENTS,
              RunProgram.MAX_ARGUMENT_BYTES),
          ProgramParameters.DIRECTORY, ProgramParameters.ENVIRONMENT, ProgramParameters.STDIN));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void check(JsonObject parameters) {
    var _ = operation(parameters, Limits.DEFAULT);
  }

  @Override
  public JsonObject run(ActionContext context) {
    return context.perform(operation(context.parameters(), context.limits())).value();
  }

  private static RunProgram operation(JsonObject parameters, Limits limits) {
    return new RunProgram(parameters.strings(ARGV, RunProgram.MAX_ARGUMENTS, RunProgram.MAX_ARGUMENT_BYTES),
        ProgramParameters.environment(parameters), ProgramParameters.directory(parameters),
        ProgramParameters.stdin(parameters), limits);
  }
}
