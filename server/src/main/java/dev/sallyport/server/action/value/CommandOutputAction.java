package dev.sallyport.server.action.value;

import java.util.List;
import java.util.OptionalInt;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Captured;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Tool;
import org.springframework.stereotype.Component;

/** Gives what a program prints as a value. */
@Component
final class CommandOutputAction implements Action {
  /** Most characters of output in the value. */
  private static final int MAX_CHARACTERS = 64 << 10;
  private static final Parameter ARGV = new Parameter.TextList("argv", "The program and its arguments.", true,
      RunProgram.MAX_ARGUMENTS, RunProgram.MAX_ARGUMENT_BYTES);
  private static final ActionDescription DESCRIPTION = new ActionDescription("command-output",
      "Take a program's output",
      "Runs one program without a shell and gives what it prints as a value, for procedures and forms.",
      ActionClass.EXEC, List.of(ARGV));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    List<String> argv = context.parameters().strings(ARGV.name(), RunProgram.MAX_ARGUMENTS,
        RunProgram.MAX_ARGUMENT_BYTES);
    Captured said = Tool.ask(context, argv);
    OptionalInt exit = said.result().exitCode();
    if (exit.isEmpty()) {
      throw Tool.ended(argv.getFirst(), said);
    }
    String text = said.text().stripTrailing();
    boolean cut = said.result().outputTruncated() || text.length() > MAX_CHARACTERS;
    return JsonObject.builder().put("exitCode", exit.getAsInt())
        .put("output", text.substring(0, Math.min(text.length(), MAX_CHARACTERS))).put("cut", cut).build();
  }
}
