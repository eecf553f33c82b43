package dev.sallyport.server.action.software;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Spelling;
import org.springframework.stereotype.Component;

/** Installs packages. */
@Component
final class InstallPackageAction implements Action {
  private static final Parameter VERSION = new Parameter.Word("version",
      "This version of it, where one package is named; the newest if left out.", false, Spelling.VERSION);
  private static final ActionDescription DESCRIPTION = new ActionDescription("install-package", "Install packages",
      "Installs packages with apt, dnf or zypper, whichever the machine has; those that are there are brought to their newest version.",
      ActionClass.EXEC, List.of(Packages.NAMES, VERSION, Packages.REFRESH));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void check(JsonObject parameters) {
    if (parameters.has(VERSION.name()) && Packages.names(parameters).size() > 1) {
      throw parameters.refused(VERSION.name(), "expected only where one package is named");
    }
  }

  @Override
  public JsonObject run(ActionContext context) {
    PackageManager manager = Packages.manager(context);
    List<String> names = Packages.names(context.parameters());
    String version = context.parameters().string(VERSION.name(), "");
    Packages.refresh(context, manager);
    return Packages.change(context, manager, names,
        version.isEmpty() ? manager.install(names) : manager.install(names.getFirst(), version));
  }
}
