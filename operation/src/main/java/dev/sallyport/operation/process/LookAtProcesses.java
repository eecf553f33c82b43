package dev.sallyport.operation.process;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.ProcessOperation;

/**
 * {@code process.list}: {@code processes}, each with {@code pid parent user program command start startedMs state cpuMs memory}, and
 * {@code next} where there are more, to be given as {@code after}. {@code process.is-running}: {@code running}, and the
 * {@code processes}.
 */
final class LookAtProcesses {
  /** Most bytes of processes in one answer, below what a result may have. */
  private static final int MAX_PAGE_BYTES = 200 << 10;

  private final ProcessTable table;

  LookAtProcesses(ProcessTable table) {
    this.table = table;
  }

  Ending page(ProcessOperation.ListProcesses operation) {
    List<Json> processes = new ArrayList<>();
    long last = operation.after();
    boolean more = false;
    int bytes = 0;
    for (long pid : table.pids(operation.after())) {
      JsonObject process = table.facts(pid).map(ProcessFacts::toJson).orElse(JsonObject.EMPTY);
      bytes += process.bytes().length + 1;
      if (processes.size() == operation.limit() || bytes > MAX_PAGE_BYTES) {
        more = true;
        break;
      }
      last = pid;
      if (process.size() > 0) {
        processes.add(process);
      }
    }
    var value = JsonObject.builder().put("processes", JsonArray.of(processes));
    if (more) {
      value.put("next", last);
    }
    return Ending.found(value.build());
  }

  /** The first few are named; that there are any is the answer. */
  Ending isRunning(ProcessOperation.IsRunning operation) {
    List<Json> processes = new ArrayList<>();
    int bytes = 0;
    for (long pid : table.pids(0)) {
      ProcessFacts facts = table.facts(pid).orElse(null);
      if (facts != null && facts.program().equals(operation.program())) {
        JsonObject process = facts.toJson();
        bytes += process.bytes().length + 1;
        if (bytes > MAX_PAGE_BYTES) {
          break;
        }
        processes.add(process);
      }
    }
    return Ending.found(JsonObject.builder().put("running", !processes.isEmpty())
        .put("processes", JsonArray.of(processes)).build());
  }
}
