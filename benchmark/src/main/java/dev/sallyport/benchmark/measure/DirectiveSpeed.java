package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sallyport.benchmark.report.Row;

/** Round trip and throughput of {@code echo hi} on one real agent, beside the bare minimum measured in the same run. */
public final class DirectiveSpeed {
  /** A server that has run for a while is the usual case; its first calls are measured by themselves. */
  private static final int WARM_UP = 4_000;
  private static final int FIRST = 300;
  private static final int RUNS = 1_000;
  private static final int BURST = 1_000;
  private static final int CALLERS = 64;
  private static final double MUST_P50 = 2.5;
  private static final double MUST_P99 = 15;
  private static final double MUST_RATE = 500;
  private static final double NANOS = 1e9;
  private static final double MEDIAN = 0.5;
  private static final double P99 = 0.99;

  private DirectiveSpeed() {
  }

  public static List<Row> measure(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
    var rows = new ArrayList<Row>();
    try (var bed = new Bed(directory); var bare = new BareEcho(directory)) {
      bed.installation().addAgent("measured");
      List<String> machine = bed.online(1);
      warmUp(bare::roundTrip, FIRST);
      Samples bareTimes = times(bare::roundTrip, RUNS);
      Samples first = times(() -> bed.echoed(machine), FIRST);
      warmUp(() -> bed.echoed(machine), WARM_UP);
      Samples times = times(() -> bed.echoed(machine), RUNS);
      String how = "`echo hi` by API over a kept connection: one request, answered with output and exit code, all of it stored; "
          + RUNS + " in a row after " + WARM_UP;
      rows.add(Row.of("bare TLS echo + fork/exec, p50", bareTimes.millis(MEDIAN), "ms",
          "JDK TLS, kept connection, `sh -c 'echo hi'`; " + RUNS + " in a row"));
      rows.add(Row.atMost("directive round trip, p50", times.millis(MEDIAN), "ms", MUST_P50, how));
      rows.add(Row.atMost("directive round trip, p99", times.millis(P99), "ms", MUST_P99, how));
      rows.add(Row.of("directive round trip to bare, p50", times.millis(MEDIAN) / bareTimes.millis(MEDIAN), "×",
          "the two rows above"));
      rows.add(Row.of("directive round trip, the first " + FIRST + " after the start, p50", first.millis(MEDIAN), "ms",
          "the same, nothing compiled yet"));
      for (int inFlight : new int[]{1, CALLERS, BURST}) {
        rows.add(rate(bed, machine, inFlight));
      }
    }
    return rows;
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void warmUp(Work work, int runs) throws IOException {
    for (int i = 0; i < runs; i++) {
      work.run();
    }
  }

  private static Samples times(Work work, int runs) throws IOException {
    var samples = new Samples(runs);
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      work.run();
      samples.add(System.nanoTime() - start);
    }
    return samples;
  }

  /** So many directives wait for their ends at any time, until a thousand are through. */
  private static Row rate(Bed bed, List<String> machine, int inFlight) throws InterruptedException {
    var permits = new Semaphore(inFlight);
    var done = new CountDownLatch(BURST);
    var lost = new AtomicInteger();
    long start = System.nanoTime();
    for (int i = 0; i < BURST; i++) {
      permits.acquire();
      Thread.ofVirtual().start(() -> {
        try {
          bed.echoed(machine);
        } catch (IOException | RuntimeException e) {
          if (lost.getAndIncrement() == 0) {
            System.err.println("the first loss of " + inFlight + " in flight: " + e.getMessage());
          }
        } finally {
          permits.release();
          done.countDown();
        }
      });
    }
    done.await();
    double rate = BURST * NANOS / (System.nanoTime() - start);
    String how = BURST + " × `echo hi`, " + lost + " lost";
    String what = "directives/s on one agent, " + inFlight + " in flight";
    return inFlight == CALLERS && lost.get() == 0
        ? Row.atLeast(what, rate, "/s", MUST_RATE, how)
        : new Row(what, rate, "/s", "0 lost", lost.get() == 0, how);
  }
}
