package dev.sallyport.server.action.software;

import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Tool;
import org.springframework.stereotype.Component;

/** Updates what can be updated. */
@Component
final class ApplyPatchesAction implements Action {
  /** Debian's way to say that the machine should be started anew. */
  private static final String REBOOT_MARK = "/run/reboot-required";
  private static final String SECURITY = "security";
  private static final Parameter WHICH = new Parameter.Choice("which", "All patches, or those that mend a weakness.",
      false, List.of("all", SECURITY));
  private static final ActionDescription DESCRIPTION = new ActionDescription("apply-patches", "Apply pending patches",
      "Brings all packages to their newest version, or only those whose patch mends a weakness, and tells whether the machine wants to be started anew.",
      ActionClass.EXEC, List.of(WHICH, Packages.REFRESH));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    PackageManager manager = Packages.manager(context);
    boolean security = context.parameters().string(WHICH.name()).equals(SECURITY);
    Packages.refresh(context, manager);
    List<Patch> before = pending(context, manager);
    List<Patch> wanted = before.stream().filter(patch -> !security || patch.security()).toList();
    if (security && !(manager instanceof Apt)) {
      Tool.run(context, manager.updateSecurity(before));
    } else if (!wanted.isEmpty()) {
      Tool.run(context, security ? manager.updateSecurity(wanted) : manager.updateAll());
    }
    List<Patch> left = pending(context, manager);
    return JsonObject.builder().put("manager", manager.name()).put("applied", before.size() - left.size())
        .put("left", left.size()).put("rebootWanted", Tool.exists(context, REBOOT_MARK)).build();
  }

  private static List<Patch> pending(ActionContext context, PackageManager manager) {
    return manager.patches(Tool.need(context, manager.pending()));
  }
}
