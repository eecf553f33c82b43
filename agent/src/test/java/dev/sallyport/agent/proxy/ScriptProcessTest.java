package dev.sallyport.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K6 proxy scripts in a process of their own")
final class ScriptProcessTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static String run(String script) throws IOException {
    return new ScriptProcess(System.getProperty("java.class.path"), PATIENCE)
        .run(script.getBytes(StandardCharsets.UTF_8), "https://server.example/", "server.example");
  }

  private static String returning(String expression) {
    return "function FindProxyForURL(url, host) { return " + expression + "; }";
  }

  @Test
  void answers() throws IOException {
    assertThat(run(returning("'PROXY ' + host + ':1'"))).isEqualTo("PROXY server.example:1");
    assertThat(run(returning("''"))).isEmpty();
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> run("function {")).isInstanceOf(IOException.class).hasMessageContaining("fails in line 1");
    assertThatThrownBy(() -> run("1")).hasMessageContaining("no function FindProxyForURL");
    assertThatThrownBy(() -> run(returning("new Array(5000).join('x')"))).hasMessageContaining("more than 4096");
  }

  @Test
  void aLoopWithoutEndIsEnded() {
    assertThatThrownBy(() -> run("while (true);")).isInstanceOf(IOException.class)
        .hasMessageContaining("did not end within 5 s");
  }

  @Test
  void aLoopThatWouldNotBeEndedIsEndedFromOutside() {
    assertThatThrownBy(() -> new ScriptProcess(System.getProperty("java.class.path"), Duration.ofMillis(50))
        .run(returning("1").getBytes(StandardCharsets.UTF_8), "https://server.example/", "server.example"))
        .isInstanceOf(IOException.class).hasMessageContaining("did not end");
  }

  /** On a machine that is busy with other things the time may be over before the memory is. */
  @ParameterizedTest
  @ValueSource(strings = {"var s = 'x'; while (true) { try { s += s; } catch (e) { 1; } }",
      "var a = []; while (true) { a.push(new Array(100000).join('x')); }"})
  void aBombOfMemoryEndsOnlyItsOwnProcess(String bomb) {
    assertThatThrownBy(() -> run(bomb)).isInstanceOf(IOException.class)
        .hasMessageMatching("it (needs more memory than the 48 MiB it may|did not end within 5 s)");
  }

  @Test
  void theAgentsEnvironmentIsNotThere() throws IOException {
    Child.Ended ended = new Child(java.util.List.of("/usr/bin/env"), java.util.Map.of("ONLY", "this"), PATIENCE, 10_000)
        .run(new byte[0]);

    assertThat(new String(ended.output(), StandardCharsets.UTF_8)).isEqualTo("ONLY=this\n");
  }

  @Test
  void anAgentWithoutTheEvaluatorSaysSo() {
    assertThatThrownBy(() -> new ScriptProcess("").run(new byte[0], "https://h/", "h"))
        .isInstanceOf(IOException.class).hasMessageContaining("packaged without");
  }
}
