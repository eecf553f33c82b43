package dev.sallyport.server.action.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.ProcessOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import org.springframework.stereotype.Component;

/** Lists processes. */
@Component
final class ListProcessesAction implements Action {
  private static final int MAX_LISTED = 500;
  /** Pages asked for at most: 20,000 processes. */
  private static final int MAX_PAGES = 40;
  private static final String CPU = "cpu";
  private static final Parameter PROGRAM = new Parameter.Text("program",
      "Only those whose program or command holds this text.", false, 200, false);
  private static final Parameter BY = new Parameter.Choice("by", "Which come first.", false, List.of("memory", CPU));
  private static final Parameter LIMIT = new Parameter.Whole("limit", "Most processes told of.", false, 1, MAX_LISTED,
      50);
  private static final ActionDescription DESCRIPTION = new ActionDescription("list-processes", "List processes",
      "Lists the processes that run, those that hold most memory or took most processor time first.",
      ActionClass.READ, List.of(PROGRAM, BY, LIMIT));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public JsonObject run(ActionContext context) {
    JsonObject parameters = context.parameters();
    String wanted = parameters.string(PROGRAM.name(), "");
    String key = parameters.string(BY.name()).equals(CPU) ? "cpuMs" : "memory";
    var found = new ArrayList<JsonObject>();
    long after = 0;
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonObject answer = context
          .perform(new ProcessOperation.ListProcesses(after, ProcessOperation.ListProcesses.MAX_PROCESSES)).value();
      answer.objects("processes", ProcessOperation.ListProcesses.MAX_PROCESSES).stream()
          .filter(process -> holds(process, wanted)).forEach(found::add);
      if (!answer.has("next")) {
        break;
      }
      after = answer.integer("next", 0, Long.MAX_VALUE);
    }
    found.sort(Comparator.comparingLong((JsonObject process) -> number(process, key)).reversed());
    return listed(found, (int) parameters.integer(LIMIT.name(), 1, MAX_LISTED));
  }

  /** As many as fit into an answer. */
  private static JsonObject listed(List<JsonObject> found, int limit) {
    var listed = new ArrayList<JsonObject>();
    int bytes = 0;
    for (JsonObject process : found.subList(0, Math.min(limit, found.size()))) {
      bytes += process.bytes().length + 1;
      if (bytes > MAX_VALUE_BYTES - MAX_HEAD_BYTES) {
        break;
      }
      listed.add(process);
    }
    return JsonObject.builder().put("count", found.size()).put("processes", JsonArray.of(listed)).build();
  }

  /** Bytes left for what stands around the list. */
  private static final int MAX_HEAD_BYTES = 1024;

  private static boolean holds(JsonObject process, String text) {
    return text.isEmpty() || shown(process, "program").contains(text) || shown(process, "command").contains(text);
  }

  private static String shown(JsonObject process, String name) {
    return process.isNone(name) ? "" : process.get(name).text();
  }

  private static long number(JsonObject process, String name) {
    return process.isNone(name) ? 0 : process.integer(name, 0, Long.MAX_VALUE);
  }
}
