package dev.sallyport.server.action.power;

import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.PowerOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Parameter;
import org.springframework.stereotype.Component;

/** Starts a machine anew and tells that it did by its boot id, which is another one after each start. */
@Component
final class RebootAction implements Action {
  private static final Parameter WAIT = new Parameter.Flag("wait", "Wait until the machine is back.", true);
  private static final Parameter MINUTES = new Parameter.Whole("minutes",
      "How long to wait, counted from when the machine was last seen.", false, 1, 24 * 60, 30);
  private static final Parameter MESSAGE = new Parameter.Text("message", "What the machine's users are told.", false,
      500, false);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final String BOOT = "bootId";
  private static final ActionDescription DESCRIPTION = new ActionDescription("reboot", "Start the machine anew",
      "Starts the machine anew and, unless told otherwise, waits until it is back; what runs on it ends.",
      ActionClass.ACT, List.of(WAIT, MINUTES, MESSAGE));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void check(JsonObject parameters) {
    var _ = operation(parameters);
  }

  @Override
  public JsonObject run(ActionContext context) {
    JsonObject parameters = context.parameters();
    String before = boot(context.remember(new HostOperation.Properties()));
    OperationResult asked = context.attempt(operation(parameters));
    // A machine that went down before it could answer does not know how its order ended; its boot id does.
    if (asked.outcome() != Outcome.DONE && asked.outcome() != Outcome.UNKNOWN) {
      throw new OperationEndedException(operation(parameters), asked);
    }
    if (!parameters.bool(WAIT.name())) {
      return JsonObject.EMPTY;
    }
    Duration patience = Duration.ofMinutes(parameters.integer(MINUTES.name(), 1, 24 * 60));
    OperationResult back = context.poll(new HostOperation.Properties(),
        seen -> seen.outcome() == Outcome.DONE && !boot(seen).equals(before), LOOK_EVERY, patience);
    String after = boot(back);
    if (after.equals(before)) {
      throw new OperationEndedException(back.outcome() == Outcome.DONE ? Outcome.FAILED : back.outcome(),
          "the machine was told to start anew and did not within " + patience.toMinutes() + " minutes");
    }
    return JsonObject.builder().put("before", before).put("after", after)
        .put("booted", back.value().get("bootedMs")).build();
  }

  private static PowerOperation.Reboot operation(JsonObject parameters) {
    return new PowerOperation.Reboot(0, parameters.string(MESSAGE.name(), ""));
  }

  private static String boot(OperationResult seen) {
    return seen.value().isNone(BOOT) ? "" : seen.value().string(BOOT);
  }
}
