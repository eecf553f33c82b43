package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.sallyport.benchmark.report.Row;
import dev.sallyport.cli.api.Trust;
import dev.sallyport.testing.installation.Installation;
import dev.sallyport.testing.installation.Program;

/** How fast a large file gets from the operator's disk to a machine's and back, with the programs of the distribution alone. */
public final class FileSpeed {
  private static final int MIB = 1 << 20;
  private static final int SIZE_MIB = 256;
  private static final int WARM_UP = 1;
  private static final int RUNS = 3;
  private static final double MUST = 60;
  private static final double NANOS = 1e9;

  private final Bed bed;
  private final Path directory;

  private FileSpeed(Bed bed, Path directory) {
    this.bed = bed;
    this.directory = directory;
  }

  public static List<Row> measure(Path directory) throws IOException {
    try (var bed = new Bed(directory)) {
      bed.installation().addAgent("files");
      String machine = "id:" + bed.online(1).getFirst();
      return new FileSpeed(bed, directory).measure(machine);
    }
  }

  private List<Row> measure(String machine) throws IOException {
    Path here = directory.resolve("here.bin");
    Path there = directory.resolve("there.bin");
    Path back = directory.resolve("back.bin");
    fill(here);
    var stores = new ArrayList<Double>();
    var pushes = new ArrayList<Double>();
    var pulls = new ArrayList<Double>();
    for (int i = 0; i < WARM_UP + RUNS; i++) {
      double store = rate("push", here.toString(), "--store");
      double push = rate("push", here.toString(), "--on", machine, "--to", there.toString());
      double pull = rate("pull", machine + ":" + there, back.toString());
      if (i >= WARM_UP) {
        stores.add(store);
        pushes.add(push);
        pulls.add(pull);
      }
    }
    if (Files.mismatch(here, back) >= 0) {
      throw new IOException("the file that came back is another");
    }
    String how = SIZE_MIB + " MiB, `sallyport %s` from its start to its end, all durable; " + RUNS + " times after "
        + WARM_UP + ", median";
    return List.of(Row.of("file, operator to server alone", median(stores), "MiB/s", how.formatted("push --store")),
        Row.atLeast("file, operator to agent", median(pushes), "MiB/s", MUST, how.formatted("push")),
        Row.atLeast("file, agent to operator", median(pulls), "MiB/s", MUST, how.formatted("pull")));
  }

  private static void fill(Path file) throws IOException {
    var random = new SecureRandom();
    byte[] piece = new byte[MIB];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < SIZE_MIB; i++) {
        random.nextBytes(piece);
        out.write(piece);
      }
    }
  }

  private double rate(String... arguments) throws IOException {
    Installation installation = bed.installation();
    var command = new ArrayList<>(List.of(installation.home().resolve("bin/sallyport").toString()));
    command.addAll(List.of(arguments));
    String pin = installation.trust() instanceof Trust.Pinned(String sha256) ? sha256 : "";
    long start = System.nanoTime();
    Program.start(directory.resolve("cli.log"), Map.of("HOME", directory.toString(), "SALLYPORT_SERVER",
        installation.uri().toString(), "SALLYPORT_TOKEN", installation.token(), "SALLYPORT_PIN", pin), command)
        .awaitSuccess();
    return SIZE_MIB * NANOS / (System.nanoTime() - start);
  }

  private static double median(List<Double> rates) {
    return rates.stream().sorted().skip(rates.size() / 2).findFirst().orElseThrow();
  }
}
