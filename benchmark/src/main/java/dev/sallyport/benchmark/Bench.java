package dev.sallyport.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.benchmark.measure.AgentFootprint;
import dev.sallyport.benchmark.measure.DirectiveSpeed;
import dev.sallyport.benchmark.measure.FileSpeed;
import dev.sallyport.benchmark.measure.FleetSize;
import dev.sallyport.benchmark.measure.OperationRate;
import dev.sallyport.benchmark.measure.ServerStart;
import dev.sallyport.benchmark.measure.WaySpeed;
import dev.sallyport.benchmark.report.Report;
import dev.sallyport.benchmark.report.Row;

/**
 * Measures the distribution of this checkout on this machine: {@code sallyport bench [NAME…]}. Prints the table and writes the same as
 * JSON to {@code benchmark.json}. Takes about ten minutes; nothing else should run meanwhile.
 */
public final class Bench {
  private static final int USAGE = 2;
  private static final long MIB = 1024 * 1024;

  /** Measures something in a fresh directory. */
  private interface Measurement {
    List<Row> measure(Path directory) throws Exception;
  }

  private static final Map<String, Measurement> ALL = new LinkedHashMap<>();

  static {
    ALL.put("speed", DirectiveSpeed::measure);
    ALL.put("operations", OperationRate::measure);
    ALL.put("ways", WaySpeed::measure);
    ALL.put("fleet", FleetSize::measure);
    ALL.put("fan-out", FleetSize::wide);
    ALL.put("files", FileSpeed::measure);
    ALL.put("server", ServerStart::measure);
    ALL.put("agent", AgentFootprint::measure);
  }

  private Bench() {
  }

  public static void main(String[] names) throws Exception {
    List<String> chosen = names.length == 0 ? List.copyOf(ALL.keySet()) : List.of(names);
    if (!ALL.keySet().containsAll(chosen)) {
      System.err.println("usage: sallyport bench [" + String.join("|", ALL.keySet()) + "]…");
      System.exit(USAGE);
    }
    var rows = new ArrayList<Row>();
    for (String name : chosen) {
      System.err.println("measuring " + name);
      Path directory = Files.createTempDirectory("sallyport-bench");
      rows.addAll(ALL.getOrDefault(name, _ -> List.of()).measure(directory));
    }
    var report = new Report(machine(), rows);
    System.out.println(report.machine());
    System.out.println();
    System.out.print(report.table());
    Files.writeString(Path.of("benchmark.json"), report.json().text());
    System.exit(0);
  }

  private static String machine() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.availableProcessors() + " cores, " + System.getProperty("os.name") + ' '
        + System.getProperty("os.version") + ' '
        + System.getProperty("os.arch") + ", Java " + Runtime.version() + ", measuring heap "
        + runtime.maxMemory() / MIB + " MiB";
  }
}
