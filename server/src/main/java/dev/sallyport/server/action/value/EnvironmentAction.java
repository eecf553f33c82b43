package dev.sallyport.server.action.value;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.ValueOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import org.springframework.stereotype.Component;

/** Tells the environment of programs. */
@Component
final class EnvironmentAction implements Action {
  private static final ActionDescription DESCRIPTION = new ActionDescription("environment",
      "Read environment variables",
      "Tells the variables that every program on the machine is given by the agent.",
      ActionClass.READ, List.of());

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    return Looks.at(context, new ValueOperation.Environment());
  }
}
