package dev.sallyport.server.action.software;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import org.springframework.stereotype.Component;

/** Updates packages. */
@Component
final class UpdatePackageAction implements Action {
  private static final ActionDescription DESCRIPTION = new ActionDescription("update-package", "Update packages",
      "Brings packages that are installed to their newest version; others are left out.",
      ActionClass.EXEC, List.of(Packages.NAMES, Packages.REFRESH));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    PackageManager manager = Packages.manager(context);
    List<String> names = Packages.names(context.parameters());
    Packages.refresh(context, manager);
    return Packages.change(context, manager, names, manager.update(names));
  }
}
