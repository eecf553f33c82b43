package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.sallyport.benchmark.report.Row;

/** From nothing to the first answer, and what an empty server holds. */
public final class ServerStart {
  private static final int STARTS = 5;
  private static final double MUST_START = 4_000;
  private static final double MUST_RSS = 280;
  private static final double MEDIAN = 0.5;

  private ServerStart() {
  }

  public static List<Row> measure(Path directory) throws IOException {
    try (var bed = new Bed(directory)) {
      var starts = new Samples(STARTS);
      double rss = 0;
      for (int i = 0; i < STARTS; i++) {
        bed.installation().server().stop();
        long begin = System.nanoTime();
        bed.installation().restartServer();
        try (var client = bed.installation().client()) {
          client.get("/api/v1/health");
          starts.add(System.nanoTime() - begin);
          rss = bed.server().rssMib();
        }
      }
      return List.of(
          Row.atMost("server: start to first HTTP 200", starts.millis(MEDIAN), "ms", MUST_START,
              STARTS + " starts with start-up cache, median"),
          Row.atMost("server: RSS with 0 agents", rss, "MiB", MUST_RSS, "after the first answer"));
    }
  }
}
