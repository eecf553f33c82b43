package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.sallyport.benchmark.fleet.Fleet;
import dev.sallyport.benchmark.inside.MemoryWatch;
import dev.sallyport.benchmark.report.Row;

/** Many simulated agents: fan-out, live memory for each, all of them back at once. */
public final class FleetSize {
  private static final int CROWD = 200;
  private static final int FEW = 1_000;
  private static final int MANY = 6_000;
  private static final int STORM = 5_000;
  private static final int ALL_OF_THEM = 10_000;
  private static final int FAN_OUTS = 15;
  private static final int WIDE_FAN_OUTS = 5;
  private static final double KIB = 1024;
  private static final double MUST_FAN_OUT = 265;
  private static final double MUST_WIDE_FAN_OUT = 5_000;
  private static final double MUST_MEMORY = 16;
  private static final double MUST_STORM = 30;
  private static final double MUST_GROWTH = 2;
  private static final double MEDIAN = 0.5;
  private static final long LOOK_AGAIN_NANOS = 20_000_000;

  private FleetSize() {
  }

  public static List<Row> measure(Path directory) throws IOException {
    var rows = new ArrayList<Row>();
    try (var bed = new Bed(directory, watched(directory)); var fleet = new Fleet(bed.bundle(MANY + FEW))) {
      fleet.grow(CROWD);
      rows.add(fanOut(bed, bed.online(CROWD), FAN_OUTS, MUST_FAN_OUT));
      fleet.grow(FEW);
      bed.online(FEW);
      long few = live(directory);
      fleet.grow(STORM);
      bed.online(STORM);
      double before = bed.server().rssMib();
      Fleet.Arrival storm = fleet.reconnect();
      bed.online(STORM);
      rows.add(Row.atMost("reconnect of " + STORM + " agents at once", storm.took().toMillis() / 1e3, "s", MUST_STORM,
          storm.online() + " back after " + storm.tries() + " tries; half the bar of 60 s for 10,000"));
      rows.add(Row.atMost("server RSS after the reconnect to before", bed.server().rssMib() / before, "×", MUST_GROWTH,
          "the same run"));
      fleet.grow(MANY);
      bed.online(MANY);
      long many = live(directory);
      rows.add(Row.atMost("server memory per idle agent", (many - few) / KIB / (MANY - FEW), "kB", MUST_MEMORY,
          "slope from " + FEW + " to " + MANY
              + " agents: heap in use after collection + glibc heap in use, TLS and inner session"));
    }
    return rows;
  }

  /** One directive to as many agents as one directive may have. */
  public static List<Row> wide(Path directory) throws IOException {
    try (var bed = new Bed(directory); var fleet = new Fleet(bed.bundle(ALL_OF_THEM))) {
      fleet.grow(ALL_OF_THEM);
      return List.of(fanOut(bed, bed.online(ALL_OF_THEM), WIDE_FAN_OUTS, MUST_WIDE_FAN_OUT),
          Row.of("server RSS after it", bed.server().rssMib(), "MiB", ALL_OF_THEM + " agents linked"));
    }
  }

  /** The server's JVM with this program's own jar as an agent, which tells what is in use inside. */
  private static String watched(Path directory) {
    Path jar = Path.of(MemoryWatch.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    return "-javaagent:" + jar + "=" + directory;
  }

  private static Row fanOut(Bed bed, List<String> machines, int times, double must) throws IOException {
    var samples = new Samples(times);
    long lost = 0;
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      String id = bed.give("shell", Bed.echo(), machines);
      bed.awaitEnd(id);
      samples.add(System.nanoTime() - start);
      lost += bed.notDone(id);
    }
    return Row.atMost("fan-out to " + machines.size() + " agents, all results recorded", samples.millis(MEDIAN), "ms",
        must, "simulated agents, real TLS and SLP/1; " + times + " times, median, " + lost + " lost");
  }

  /** Bytes in use in the server's process. */
  private static long live(Path directory) throws IOException {
    Path answer = directory.resolve("memory");
    Files.deleteIfExists(answer);
    Files.createFile(directory.resolve("memory-wanted"));
    while (!Files.exists(answer)) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    String[] bytes = Files.readString(answer).split(" ");
    return Long.parseLong(bytes[0]) + Long.parseLong(bytes[1]);
  }
}
