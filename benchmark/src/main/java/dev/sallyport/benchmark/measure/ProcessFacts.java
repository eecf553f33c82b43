package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the kernel knows of a process: memory and processor time. */
record ProcessFacts(long pid) {
  private static final double KIB_PER_MIB = 1024;
  /** {@code sysconf(_SC_CLK_TCK)} is 100 on every Linux that Java runs on. */
  private static final long TICKS_PER_SECOND = 100;
  private static final int UTIME = 11;
  private static final int STIME = 12;

  double rssMib() throws IOException {
    return kib("Rss:") / KIB_PER_MIB;
  }

  double pssMib() throws IOException {
    return kib("Pss:") / KIB_PER_MIB;
  }

  double privateDirtyMib() throws IOException {
    return kib("Private_Dirty:") / KIB_PER_MIB;
  }

  /** Processor time, user and system; nanoseconds where the scheduler's statistics are there, else ticks of 10 ms. */
  Duration processorTime() throws IOException {
    long nanos = 0;
    try (var tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks) {
        nanos += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
      }
      return Duration.ofNanos(nanos);
    } catch (java.nio.file.NoSuchFileException _) {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Duration
          .ofMillis((Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * 1000 / TICKS_PER_SECOND);
    }
  }

  private long kib(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.substring(field.length()).replace("kB", "").strip());
      }
    }
    throw new IOException("/proc/" + pid + "/smaps_rollup has no " + field);
  }
}
