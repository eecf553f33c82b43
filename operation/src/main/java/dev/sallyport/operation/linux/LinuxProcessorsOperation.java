package dev.sallyport.operation.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Outcome;

/**
 * {@code host.processors}: {@code logical} processors, {@code cores}, {@code packages}, {@code model} and {@code vendor} of the first
 * one (empty where the kernel does not say, as on ARM), {@code load} over 1, 5 and 15 minutes.
 */
public final class LinuxProcessorsOperation implements Primitive<HostOperation.Processors> {
  private static final int LOAD_FIGURES = 3;

  private final Path proc;

  public LinuxProcessorsOperation(Path proc) {
    this.proc = proc;
  }

  @Override
  public Ending run(HostOperation.Processors operation, OperationContext context) {
    List<Map<String, String>> processors;
    try {
      processors = read();
    } catch (IOException e) {
      return Ending.without(Outcome.FAILED, "cannot read /proc/cpuinfo: " + e.getMessage());
    }
    Set<String> packages = new HashSet<>();
    Set<String> cores = new HashSet<>();
    for (Map<String, String> processor : processors) {
      String physical = processor.getOrDefault("physical id", "0");
      packages.add(physical);
      cores.add(physical + "/" + processor.getOrDefault("core id", "processor " + processor.get("processor")));
    }
    Map<String, String> first = processors.isEmpty() ? Map.of() : processors.getFirst();
    return Ending.found(JsonObject.builder().put("logical", processors.size()).put("cores", cores.size())
        .put("packages", packages.size())
        .put("model", first.getOrDefault("model name", first.getOrDefault("cpu model", "")))
        .put("vendor", first.getOrDefault("vendor_id", ""))
        .put("load", load()).build());
  }

  /** Blocks of "name : value" lines; those that describe a processor begin with its number. */
  private List<Map<String, String>> read() throws IOException {
    var processors = new ArrayList<Map<String, String>>();
    for (String line : ProcText.lines(ProcText.read(proc.resolve("cpuinfo")))) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).strip();
        if (name.equals("processor")) {
          processors.add(new HashMap<>());
        }
        if (!processors.isEmpty()) {
          processors.getLast().putIfAbsent(name, line.substring(colon + 1).strip());
        }
      }
    }
    return processors;
  }

  private JsonArray load() {
    List<Json> figures = new ArrayList<>();
    for (String word : ProcText.readOrEmpty(proc.resolve("loadavg")).split(" ")) {
      double figure = figure(word);
      if (figures.size() < LOAD_FIGURES && Double.isFinite(figure)) {
        figures.add(new JsonNumber.Real(figure));
      }
    }
    return JsonArray.of(figures);
  }

  private static double figure(String word) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      // Kernels have always written numbers here; whatever else it is, it is none.
      return Double.NaN;
    }
  }
}
