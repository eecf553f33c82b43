package dev.sallyport.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.testing.installation.Installation;
import dev.sallyport.testing.installation.Program;

/** What server and agents are doing at this moment, for whoever has to find out why something does not come to its end. */
final class Evidence {
  private static final int LAST_LINES = 40;
  private static final int PATIENCE_SECONDS = 20;

  private final Installation installation;
  private final StringBuilder text = new StringBuilder();

  private Evidence(Installation installation) {
    this.installation = installation;
  }

  /**
   * Collects it while the programs run.
   *
   * @param directives whose runs are of interest
   */
  static String of(Installation installation, Collection<Program> agents, Collection<String> directives) {
    var evidence = new Evidence(installation);
    evidence.answers(directives);
    evidence.logs();
    evidence.threads("server", installation.server());
    int number = 0;
    for (Program agent : agents) {
      evidence.threads("agent " + number++, agent);
    }
    return evidence.text.toString();
  }

  private void answers(Collection<String> directives) {
    try (ApiClient client = installation.client()) {
      text.append("machines: ").append(client.get("/api/v1/machines")).append('\n');
      for (String id : directives) {
        text.append(client.get("/api/v1/directives/" + id)).append('\n');
      }
    }
  }

  private void logs() {
    try (var logs = Files.newDirectoryStream(installation.directory(), "*.log")) {
      for (Path log : logs) {
        List<String> lines = Files.readAllLines(log);
        text.append("== the end of ").append(log.getFileName()).append('\n');
        lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())
            .forEach(line -> text.append(line).append('\n'));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All threads, virtual ones too. */
  private void threads(String name, Program program) {
    text.append("== threads of ").append(name).append(program.alive() ? "" : ", which does not run").append('\n');
    if (!program.alive()) {
      return;
    }
    Path dump = installation.directory().resolve("threads-" + program.pid());
    try {
      Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
          Long.toString(program.pid()), "Thread.dump_to_file", "-overwrite", dump.toString())
          .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      if (jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && Files.exists(dump)) {
        text.append(Files.readString(dump)).append('\n');
      } else {
        text.append("it does not answer\n");
        jcmd.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
