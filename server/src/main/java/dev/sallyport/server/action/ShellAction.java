package dev.sallyport.server.action;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.RunShell;
import dev.sallyport.server.access.ActionClass;
import org.springframework.stereotype.Component;

/** Runs a command line of the operator's own writing in the machine's shell. */
@Component
final class ShellAction implements Action {
  private static final String COMMAND = "command";

  private static final ActionDescription DESCRIPTION = new ActionDescription("shell", "Run a shell command",
      "Hands one or more lines to the machine's shell (/bin/sh, or PowerShell on Windows) and shows what they print.",
      ActionClass.EXEC,
      List.of(
          new Parameter.Text(COMMAND, "The command line, or several lines.", true, RunShell.MAX_COMMAND_BYTES, true),
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

  private static RunShell operation(JsonObject parameters, Limits limits) {
    return new RunShell(parameters.string(COMMAND, RunShell.MAX_COMMAND_BYTES),
        ProgramParameters.environment(parameters),
        ProgramParameters.directory(parameters), ProgramParameters.stdin(parameters), limits);
  }
}
