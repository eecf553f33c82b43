package dev.sallyport.server.action.service;

import java.util.List;

import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Tool;
import org.springframework.stereotype.Component;

/** Lists the services of systemd. */
@Component
final class ListServicesAction implements Action {
  /** Most services told of. */
  private static final int MAX_SERVICES = 1_000;
  private static final ActionDescription DESCRIPTION = new ActionDescription("list-services", "List services",
      "Lists the services of systemd that are loaded, with their states.",
      ActionClass.READ, List.of());

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    Systemd.require(context);
    String listed = Tool.need(context, List.of(Systemd.PROGRAM, "list-units", "--type=service", "--all", "--plain",
        "--no-legend", "--no-pager", "--full"));
    List<JsonObject> services = listed.lines().map(String::strip).filter(line -> !line.isEmpty())
        .map(ListServicesAction::service).limit(MAX_SERVICES).toList();
    return JsonObject.builder().put("services", JsonArray.of(services)).build();
  }

  /** {@code UNIT LOAD ACTIVE SUB DESCRIPTION…}. */
  private static JsonObject service(String line) {
    String[] cells = line.split("\\s+", 5);
    return JsonObject.builder().put("name", cells[0]).put("load", cell(cells, 1)).put("active", cell(cells, 2))
        .put("sub", cell(cells, 3)).put("description", cell(cells, 4)).build();
  }

  private static String cell(String[] cells, int index) {
    return index < cells.length ? cells[index] : "";
  }
}
