package dev.sallyport.server.action.software;

import java.util.List;

import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Tool;
import org.springframework.stereotype.Component;

/** Lists what could be updated. */
@Component
final class ListPatchesAction implements Action {
  private static final ActionDescription DESCRIPTION = new ActionDescription("list-patches", "List pending patches",
      "Tells which packages have a newer version, and with apt which of those mend a weakness. Changes nothing but the list of what there is.",
      ActionClass.EXEC, List.of(Packages.REFRESH));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    PackageManager manager = Packages.manager(context);
    Packages.refresh(context, manager);
    List<Patch> patches = manager.patches(Tool.need(context, manager.pending()));
    return JsonObject.builder().put("manager", manager.name()).put("count", patches.size())
        .put("security", patches.stream().filter(Patch::security).count())
        .put("patches", JsonArray.of(patches.stream().limit(MAX_LISTED).map(Patch::toJson).toList())).build();
  }

  /** Patches told of by name; all are counted. */
  private static final int MAX_LISTED = 500;
}
