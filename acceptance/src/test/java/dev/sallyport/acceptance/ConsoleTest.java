package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.sallyport.testing.installation.Installation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in Chromium, driven by Playwright. The steps are the console's own tests; here stands what they need around them. */
final class ConsoleTest {
  private static final long LIMIT_MINUTES = 8;

  @TempDir
  Path directory;

  @Test
  @DisplayName("K16 an operator logs in with a browser, runs a command on a machine and sees its output while it comes")
  void aBrowserRunsACommandThroughServerAndAgent() throws Exception {
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    try (var installation = new Installation(directory)) {
      installation.addAgent("seen-in-a-browser");
      playwright("test:real", Map.of("SALLYPORT_URL", installation.uri().toString(), "SALLYPORT_USER",
          Installation.OWNER, "SALLYPORT_PASSWORD", Installation.PASSWORD, "SALLYPORT_SCRATCH", scratch.toString()));
    }
  }

  @Test
  @DisplayName("T19 every page in light, dark and on a phone: no accessibility fault, no script from a machine's text")
  void everyPageStandsInABrowser() throws Exception {
    playwright("test:browser", Map.of());
  }

  private void playwright(String script, Map<String, String> environment) throws IOException, InterruptedException {
    Path log = directory.resolve("playwright.log");
    var builder = new ProcessBuilder(List.of("npm", "run", "--silent", script)).directory(console().toFile())
        .redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean inTime = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
    if (!inTime) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(inTime ? process.exitValue() : "no end in time")
        .as("npm run %s%n%s", script, new String(Files.readAllBytes(log), StandardCharsets.UTF_8)).isEqualTo(0);
  }

  /** The console's sources, whose packages the build has installed. */
  private static Path console() {
    return Path.of("").toAbsolutePath().resolveSibling("console");
  }
}
