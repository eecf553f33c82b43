package dev.sallyport.server.action.software;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import org.springframework.stereotype.Component;

/** Removes packages. */
@Component
final class RemovePackageAction implements Action {
  private static final Parameter SETTINGS = new Parameter.Flag("settings",
      "Remove their settings too, where they have any of their own (apt).", false);
  private static final ActionDescription DESCRIPTION = new ActionDescription("remove-package", "Remove packages",
      "Removes packages, and what cannot work without them.",
      ActionClass.EXEC, List.of(Packages.NAMES, SETTINGS));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    PackageManager manager = Packages.manager(context);
    List<String> names = Packages.names(context.parameters());
    return Packages.change(context, manager, names,
        manager.remove(names, context.parameters().bool(SETTINGS.name())));
  }
}
