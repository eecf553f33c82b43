package dev.sallyport.operation.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Programs of Windows that are none of a test's making: Wine's, in a prefix where the build leaves its things. One of them waits for input
 * from the beginning to the end, so that Wine's own server is there all the time and does not hold the output of those that are tried.
 */
final class Wine {
  private static final Path PROGRAM = Path.of("/usr/bin/wine");

  /** A new prefix takes a minute on a cold disk. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Map<String, String> environment;
  private final Process waiting;

  private Wine(Map<String, String> environment) throws IOException {
    this.environment = environment;
    this.waiting = builder(environment, "cmd.exe").redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD)
        .start();
  }

  /** Starts Wine; skips the tests, visibly and with Wine's own words, where there is none or where it cannot run. */
  static Wine open() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(PROGRAM), "Wine is not installed (Debian: apt-get install wine)");
    Path prefix = Files.createDirectories(Path.of("target", "wine").toAbsolutePath());
    var environment = Map.of("WINEPREFIX", prefix.toString(), "WINEDEBUG", "-all", "DISPLAY", "", "WINEDLLOVERRIDES",
        "mscoree,mshtml=");
    works(environment, "wineboot.exe", "--init"); // alone: two first programs would both fill the new prefix
    var wine = new Wine(environment);
    works(environment, "reg.exe", "query", "HKCU");
    return wine;
  }

  private static void works(Map<String, String> environment, String... words) throws IOException, InterruptedException {
    Path said = Files.createTempFile("wine", ".txt"); // not a pipe: Wine's server inherits it and would hold it open
    try {
      Process process = builder(environment, words).redirectErrorStream(true).redirectOutput(said.toFile()).start();
      boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      process.destroyForcibly();
      assumeTrue(ended && process.exitValue() == 0,
          () -> "Wine cannot run here: " + List.of(words)
              + (ended ? " ended with " + process.exitValue() : " did not end") + ", " + text(said));
    } finally {
      Files.delete(said);
    }
  }

  private static String text(Path said) {
    try {
      return Files.readString(said, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder builder(Map<String, String> environment, String... words) {
    var argv = new ArrayList<>(List.of(PROGRAM.toString()));
    argv.addAll(List.of(words));
    var builder = new ProcessBuilder(argv);
    builder.environment().putAll(environment);
    return builder;
  }

  RegTool tool(Path scratch) {
    return new RegTool(List.of(PROGRAM.toString(), "reg.exe"), environment, "Z:", scratch);
  }

  void close() throws IOException, InterruptedException {
    waiting.getOutputStream().close();
    assertThat(waiting.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }
}
