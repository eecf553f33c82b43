package dev.sallyport.server.action.service;

import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.ProcessOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Spelling;
import org.springframework.stereotype.Component;

/** Ends a process. */
@Component
final class EndProcessAction implements Action {
  private static final long MAX_PID = 1L << 32;
  private static final Parameter PID = new Parameter.Whole("pid", "Its number.", true, 1, MAX_PID, 0);
  private static final Parameter START = new Parameter.Word("start", "Its start, as list-processes tells it.", true,
      Spelling.PROCESS_START);
  private static final Parameter GRACE = new Parameter.Whole("grace",
      "Seconds between asking it and ending it; 0 ends it at once.", false, 0,
      ProcessOperation.Close.MAX_GRACE.toSeconds(), 10);
  private static final ActionDescription DESCRIPTION = new ActionDescription("end-process", "End a process",
      "Asks a process to end, and ends it when the grace is over. Its start tells it from others that had the same number.",
      ActionClass.ACT, List.of(PID, START, GRACE));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    JsonObject parameters = context.parameters();
    return context.perform(new ProcessOperation.Close(parameters.integer(PID.name(), 1, MAX_PID),
        parameters.string(START.name()),
        Duration.ofSeconds(parameters.integer(GRACE.name(), 0, ProcessOperation.Close.MAX_GRACE.toSeconds())))).value();
  }
}
