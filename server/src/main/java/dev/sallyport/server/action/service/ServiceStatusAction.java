package dev.sallyport.server.action.service;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Spelling;
import org.springframework.stereotype.Component;

/** Looks at a service of systemd. */
@Component
final class ServiceStatusAction implements Action {
  private static final Parameter SERVICE = new Parameter.Word("service", "The service, by name.", true,
      Spelling.SERVICE);
  private static final ActionDescription DESCRIPTION = new ActionDescription("service-status", "Show a service",
      "Tells whether a service of systemd runs and whether it starts with the machine.",
      ActionClass.READ, List.of(SERVICE));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    Systemd.require(context);
    return Systemd.status(context, context.parameters().string(SERVICE.name()));
  }
}
