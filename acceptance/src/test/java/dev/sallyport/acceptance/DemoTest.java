package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sallyport.testing.installation.Installation;
import dev.sallyport.testing.installation.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing a new user does. */
final class DemoTest {
  private static final Pattern DATA = Pattern.compile("Logs and data: (\\S+)");
  private static final int ENDED_BY_SIGTERM = 143;

  @TempDir
  Path directory;

  @Test
  void showsAFirstDirectiveAndEndsWithItsExitCode() throws IOException {
    Path data = directory.resolve("data");
    Program demo = demo("--once", "--data", data.toString());

    demo.awaitSuccess();

    assertThat(demo.said()).contains("Running a first directive on ", "\nHello from ", "\nuid=")
        .doesNotContain("Exception");
    assertThat(Files.readString(data.resolve("server.log"))).contains("sallyport server ready");
  }

  @Test
  void stopsServerAndAgentWhenItIsStoppedAndLeavesNothingBehind() throws IOException {
    Program demo = demo();
    demo.awaitLine("Ctrl-C stops agent and server.");
    Matcher data = DATA.matcher(demo.said());
    assertThat(data.find()).isTrue();
    List<ProcessHandle> programs = ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
    assertThat(programs).hasSizeGreaterThanOrEqualTo(2);

    demo.stop();

    assertThat(demo.awaitExit()).isEqualTo(ENDED_BY_SIGTERM);
    assertThat(programs).noneMatch(ProcessHandle::isAlive);
    assertThat(Path.of(data.group(1))).doesNotExist();
    assertThat(demo.said()).contains("Stopping agent and server.").doesNotContain("Exception");
  }

  @Test
  void refusesADirectoryThatIsInUse() throws IOException {
    Files.createFile(directory.resolve("letter"));

    Program demo = demo("--once", "--data", directory.toString());

    assertThat(demo.awaitExit()).isNotZero();
    assertThat(demo.said()).contains("is not empty; name a new directory").doesNotContain("Exception");
  }

  private Program demo(String... arguments) throws IOException {
    var command = new ArrayList<>(
        List.of(Installation.distribution().resolve("bin/sallyport").toString(), "demo"));
    command.addAll(List.of(arguments));
    return Program.start(directory.resolve("demo.log"), command);
  }
}
