package dev.sallyport.server.action.service;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Spelling;
import dev.sallyport.server.action.Tool;
import org.springframework.stereotype.Component;

/** Manages a service of systemd. */
@Component
final class ServiceAction implements Action {
  private static final Parameter SERVICE = new Parameter.Word("service", "The service, by name.", true,
      Spelling.SERVICE);
  private static final Parameter DO = new Parameter.Choice("do",
      "What to do; enable and disable concern the machine's next start only.", true,
      List.of("start", "stop", "restart", "reload", "enable", "disable"));
  private static final ActionDescription DESCRIPTION = new ActionDescription("service", "Start or stop a service",
      "Starts, stops, restarts, reloads, enables or disables a service of systemd and tells how it stands then.",
      ActionClass.ACT, List.of(SERVICE, DO));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    String service = context.parameters().string(SERVICE.name());
    Systemd.require(context);
    if (Systemd.status(context, service).string("load").equals("not-found")) {
      throw new OperationEndedException(Outcome.FAILED, "this machine has no service " + service);
    }
    Tool.run(context, List.of(Systemd.PROGRAM, context.parameters().string(DO.name()), "--", service));
    return Systemd.status(context, service);
  }
}
