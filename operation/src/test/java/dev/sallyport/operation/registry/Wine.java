package dev.sallyport.operation.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Programs of Windows that are none of a test's making: Wine's, in a prefix where the build leaves its things. One of them waits for input
 * from the beginning to the end, so that Wine's own server is there all the time and does not hold the output of those that are tried.
 */
final class Wine {
  private static final Path PROGRAM = Path.of("/usr/bin/wine");

  private final Map<String, String> environment;
  private final Process waiting;

  private Wine(Map<String, String> environment) throws IOException {
    this.environment = environment;
    this.waiting = start("cmd.exe");
  }

  /** Starts Wine; skips the tests, visibly, where there is none. */
  static Wine open() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(PROGRAM), "Wine is not installed (Debian: apt-get install wine)");
    Path prefix = Files.createDirectories(Path.of("target", "wine").toAbsolutePath());
    var wine = new Wine(Map.of("WINEPREFIX", prefix.toString(), "WINEDEBUG", "-all", "DISPLAY", "",
        "WINEDLLOVERRIDES", "mscoree,mshtml="));
    assertThat(wine.start("reg.exe", "query", "HKCU").waitFor()).as("Wine works").isZero();
    return wine;
  }

  private Process start(String... words) throws IOException {
    var argv = new java.util.ArrayList<>(List.of(PROGRAM.toString()));
    argv.addAll(List.of(words));
    var builder = new ProcessBuilder(argv).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
    builder.environment().putAll(environment);
    return builder.start();
  }

  RegTool tool(Path scratch) {
    return new RegTool(List.of(PROGRAM.toString(), "reg.exe"), environment, "Z:", scratch);
  }

  void close() throws IOException, InterruptedException {
    waiting.getOutputStream().close();
    assertThat(waiting.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }
}
