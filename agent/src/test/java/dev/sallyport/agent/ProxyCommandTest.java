package dev.sallyport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.sallyport.agent.proxy.ProxyStore;
import dev.sallyport.agent.state.StateDirectory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K6 keeping a proxy")
final class ProxyCommandTest {
  private static final String PROXY = "http://OFFICE%5Cjane:s3cret@proxy.example:3128";

  @TempDir
  private Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private ExitCode run(String input, String... words) {
    said.reset();
    var print = new PrintStream(said, true, StandardCharsets.UTF_8);
    var args = new java.util.ArrayList<>(java.util.List.of("proxy", "--state", folder.resolve("state").toString()));
    args.addAll(java.util.List.of(words));
    return AgentMain.run(args.toArray(String[]::new),
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), print, print);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private String kept() throws IOException {
    return new ProxyStore(StateDirectory.open(folder.resolve("state")).files()).read();
  }

  @Test
  void takesItFromStandardInputShowsItWithoutItsPasswordAndForgetsIt() throws IOException {
    assertThat(run(PROXY + "\n", "set")).isEqualTo(ExitCode.OK);
    assertThat(said()).isEqualTo("kept: http proxy proxy.example:3128, as OFFICE\\jane with a password\n");
    assertThat(kept()).isEqualTo(PROXY);

    assertThat(run("", "show")).isEqualTo(ExitCode.OK);
    assertThat(said()).isEqualTo("http proxy proxy.example:3128, as OFFICE\\jane with a password\n");

    assertThat(run("", "clear")).isEqualTo(ExitCode.OK);
    assertThat(kept()).isEmpty();
    assertThat(run("", "show")).isEqualTo(ExitCode.OK);
    assertThat(said()).isEqualTo("no proxy is kept\n");
  }

  @Test
  void saysThatAPasswordOnTheCommandLineWasSeen() throws IOException {
    assertThat(run("", "set", PROXY)).isEqualTo(ExitCode.OK);
    assertThat(said()).contains("could see that password").doesNotContain("s3cret");
    assertThat(kept()).isEqualTo(PROXY);

    assertThat(run("", "set", "http://proxy.example:1")).isEqualTo(ExitCode.OK);
    assertThat(said()).isEqualTo("kept: http proxy proxy.example:1\n");
  }

  @ParameterizedTest
  @CsvSource({"direct, 'no proxy, whatever else is configured'", "wpad, what the network names (WPAD)",
      "pac+https://h/p, proxy script https://h/p", "socks4a://jane@h, 'socks4a proxy h:1080, as jane'"})
  void keepsEveryKindOfSetting(String setting, String words) {
    assertThat(run(setting, "set", "-")).isEqualTo(ExitCode.OK);
    assertThat(said()).isEqualTo("kept: " + words + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gopher://u:s3cret@h", "http://", "pac+s3cret"})
  void refusesWhatIsNoProxyWithoutRepeatingIt(String setting) {
    assertThat(run(setting, "set")).isEqualTo(ExitCode.USAGE);
    assertThat(said()).contains("proxy set: ").doesNotContain("s3cret");
  }

  @Test
  void refusesWhatIsNoCommandOrTooLong() {
    assertThat(run("")).isEqualTo(ExitCode.USAGE);
    assertThat(run("", "get")).isEqualTo(ExitCode.USAGE);
    assertThat(run("", "show", "all")).isEqualTo(ExitCode.USAGE);
    assertThat(run("", "set", "direct", "more")).isEqualTo(ExitCode.USAGE);
    assertThat(run("x".repeat(5_000), "set")).isEqualTo(ExitCode.USAGE);
    assertThat(run("", "show")).as("no state directory").isEqualTo(ExitCode.STATE);
  }
}
