package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.sallyport.benchmark.report.Row;
import dev.sallyport.testing.installation.Program;

/** What a real agent costs the machine it manages. */
public final class AgentFootprint {
  private static final int STARTS = 5;
  private static final Duration SETTLE = Duration.ofSeconds(60);
  private static final double MIB = 1024 * 1024;
  private static final double MUST_START = 800;
  private static final double MUST_RSS = 60;
  private static final double MUST_DIRTY = 24;
  private static final double MUST_CPU = 30;
  private static final double MUST_IDLE_BYTES = 6;
  /** Three times the longest interval of the keepalive. */
  private static final Duration QUIET = Duration.ofMinutes(3);
  private static final double MUST_JARS = 1.5;
  private static final double MUST_INSTALLED = 30;
  private static final double MEDIAN = 0.5;

  private AgentFootprint() {
  }

  public static List<Row> measure(Path directory) throws IOException {
    var rows = new ArrayList<Row>();
    try (var bed = new Bed(directory)) {
      Program agent = bed.installation().addAgent("measured");
      var starts = new Samples(STARTS);
      for (int i = 0; i < STARTS; i++) {
        agent.stop();
        long begin = System.nanoTime();
        agent = bed.installation().startAgent("measured");
        agent.awaitLine("connected to");
        starts.add(System.nanoTime() - begin);
      }
      bed.awaitEnd(bed.give("shell", Bed.echo(), bed.online(1)));
      var facts = new ProcessFacts(agent.pid());
      LockSupport.parkNanos(SETTLE.toNanos());
      rows.add(
          Row.atMost("agent start to connected", starts.millis(MEDIAN), "ms", MUST_START, STARTS + " starts, median"));
      rows.add(Row.atMost("agent RSS, idle", facts.rssMib(), "MiB", MUST_RSS, "60 s after one directive"));
      rows.add(Row.of("agent PSS, idle", facts.pssMib(), "MiB", "the same moment"));
      rows.add(Row.atMost("agent private dirty, idle", facts.privateDirtyMib(), "MiB", MUST_DIRTY, "the same moment"));
      Duration before = facts.processorTime();
      LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
      rows.add(Row.atMost("agent CPU, idle, per minute", facts.processorTime().minus(before).toNanos() / 1e6, "ms",
          MUST_CPU, "one minute, all threads"));
      rows.add(idleBytes(agent.pid(), directory));
      Path home = bed.installation().home();
      rows.add(Row.atMost("agent's own jars", size(home.resolve("lib/agent")) / MIB, "MiB", MUST_JARS, "sum of files"));
      rows.add(Row.atMost("agent, jars and runtime, packed", packed(home, directory) / MIB, "MiB", MUST_INSTALLED,
          "tar, xz -9"));
    }
    return rows;
  }

  private static Row idleBytes(long pid, Path directory) throws IOException {
    WireCount before = WireCount.of(pid, directory);
    long begin = System.nanoTime();
    LockSupport.parkNanos(QUIET.toNanos());
    double bytes = WireCount.of(pid, directory).since(before);
    return Row.atMost("agent's bytes on the wire, idle, per second", bytes / ((System.nanoTime() - begin) / 1e9), "B/s",
        MUST_IDLE_BYTES, "both ways, IPv4 and TCP headers included, as the kernel counts them; "
            + QUIET.toMinutes() + " minutes");
  }

  private static long size(Path folder) throws IOException {
    long sum = 0;
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  private static long packed(Path home, Path directory) throws IOException {
    Path archive = directory.resolve("agent.tar.xz");
    Program.start(directory.resolve("tar.log"),
        List.of("tar", "-C", home.toString(), "-I", "xz -9", "-cf", archive.toString(), "runtime", "lib/agent",
            "lib/pac", "lib/kerberos",
            "bin/sallyport-agent"))
        .awaitSuccess();
    return Files.size(archive);
  }
}
