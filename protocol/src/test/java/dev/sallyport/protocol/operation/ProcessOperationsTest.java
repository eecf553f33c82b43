package dev.sallyport.protocol.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ProcessOperationsTest {
  @Test
  @DisplayName("T4 arguments stay what they are, whatever a shell would make of them")
  void argumentsAreDataNotSyntax() {
    RunProgram program = RunProgram.of("/bin/echo", "; rm -rf /", "$(id)", "`id`", "a\nb", "", "*", "| tee", "@file",
        "\"'\\");
    assertThat(Operations.decode("process.run", Operations.encode(program))).isEqualTo(program);
  }

  @Test
  void argumentsAreCountedInItemsAndBytes() {
    assertThat(program(Collections.nCopies(1024, "a")).argv()).hasSize(1024);
    refused(() -> program(Collections.nCopies(1025, "a")), "argv: expected 1 to 1024 items, found 1025");
    assertThat(program(List.of("a", "é".repeat(65_534))).argv()).hasSize(2);
    refused(() -> program(List.of("a", "é".repeat(65_535))), "argv: expected at most 131072 bytes in all");
    refused(() -> program(List.of("a", "x".repeat(131_073))),
        "argv: expected at most 131072 bytes in all");
    refused(() -> program(List.of("a", "\uD83D\uDE00".repeat(40_000))),
        "argv: expected at most 131072 bytes in all");
    refused(() -> program(List.of("a", "€".repeat(50_000))),
        "argv: expected at most 131072 bytes in all");
  }

  @Test
  void theLargestProgramFitsOnTheWire() {
    Operation largest = program(List.of("/bin/true", "x".repeat(131_000)));
    assertThat(Operations.decode("process.run", Operations.encode(largest))).isEqualTo(largest);
  }

  @Test
  void theEnvironmentIsCountedInVariablesAndBytes() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 257; i++) {
      many.put("V" + i, "");
    }
    refused(() -> shell(many), "environment: expected at most 256 variables, found 257");
    many.remove("V0");
    assertThat(shell(many).environment()).hasSize(256);
    assertThat(shell(Map.of("A", "x".repeat(65_533))).environment()).hasSize(1);
    refused(() -> shell(Map.of("A", "x".repeat(65_534))), "environment: expected at most 65536 bytes in all");
    refused(() -> shell(Map.of("A", "a\0b")),
        "environment: a value: character 1 is NUL, no operating system takes that");
    refused(() -> shell(Map.of("A\ud800", "")), "environment: a name: unpaired surrogate at character 1");
  }

  @Test
  void theCommandIsCountedInBytes() {
    assertThat(RunShell.of("x".repeat(131_072)).command()).hasSize(131_072);
    refused(() -> RunShell.of("x".repeat(131_073)), "command: expected at most 131072 bytes of UTF-8, found 131073");
    refused(() -> RunShell.of("echo \udc00"), "command: unpaired surrogate at character 5");
  }

  @Test
  void standardInputIsCountedInBytes() {
    assertThat(new RunShell("cat", Map.of(), "", Bytes.of(new byte[65_536]), Limits.DEFAULT).stdin().length())
        .isEqualTo(65_536);
    refused(() -> new RunShell("cat", Map.of(), "", Bytes.of(new byte[65_537]), Limits.DEFAULT),
        "stdin: expected at most 65536 bytes, found 65537; send long input as a file");
    refused(() -> new RunProgram(List.of("cat"), Map.of(), "", Bytes.of(new byte[65_537]), Limits.DEFAULT),
        "stdin: expected at most 65536 bytes, found 65537; send long input as a file");
  }

  @Test
  void directoriesAreCheckedAsPaths() {
    refused(() -> new RunShell("a", Map.of(), "/tmp\0", Bytes.EMPTY, Limits.DEFAULT),
        "directory: character 4 is NUL, no operating system takes that");
    refused(() -> new RunProgram(List.of("a"), Map.of(), "d".repeat(32_769), Bytes.EMPTY, Limits.DEFAULT),
        "directory: expected at most 32768 bytes of UTF-8, found 32769");
    refused(() -> new FileOperation.Properties("d".repeat(32_769)),
        "path: expected at most 32768 bytes of UTF-8, found 32769");
  }

  @Test
  void limitsHaveLimits() {
    assertThat(new Limits(Limits.MAX_TIME, Limits.MAX_OUTPUT_BYTES).time()).isEqualTo(Duration.ofHours(24));
    refused(() -> new Limits(Limits.MAX_TIME.plusMillis(1), 0),
        "time limit: expected whole milliseconds from 1 ms to 24 h");
    refused(() -> new Limits(Duration.ofSeconds(Long.MAX_VALUE), 0),
        "time limit: expected whole milliseconds from 1 ms to 24 h");
    refused(() -> new Limits(Duration.ZERO, 0), "time limit: expected whole milliseconds from 1 ms to 24 h");
    refused(() -> new Limits(Duration.ofSeconds(-1), 0), "time limit: expected whole milliseconds from 1 ms to 24 h");
    refused(() -> new Limits(Duration.ofNanos(1_000_001), 0),
        "time limit: expected whole milliseconds from 1 ms to 24 h");
    refused(() -> new Limits(Duration.ofMillis(1), -1), "output limit: expected 0 to 67108864 bytes, found -1");
    refused(() -> new Limits(Duration.ofMillis(1), (64L << 20) + 1),
        "output limit: expected 0 to 67108864 bytes, found 67108865");
  }

  @Test
  void collectionsAreCopied() {
    List<String> argv = new ArrayList<>(List.of("ls"));
    Map<String, String> environment = new HashMap<>(Map.of("A", "1"));
    RunProgram program = new RunProgram(argv, environment, "", Bytes.EMPTY, Limits.DEFAULT);
    argv.add("-l");
    environment.put("B", "2");
    assertThat(program.argv()).containsExactly("ls").isUnmodifiable();
    assertThat(program.environment()).containsOnlyKeys("A").isUnmodifiable();
  }

  @Test
  void whatRunsIsNotToldByToString() {
    String secret = "hunter2";
    assertThat(new RunProgram(List.of("mysql", secret), Map.of("PW", secret), "", Bytes.ofUtf8(secret), Limits.DEFAULT)
        .toString())
        .doesNotContain(secret).contains("2 arguments");
    assertThat(RunShell.of("login " + secret).toString()).doesNotContain(secret).contains("13 characters");
  }

  private static RunProgram program(List<String> argv) {
    return new RunProgram(argv, Map.of(), "", Bytes.EMPTY, Limits.DEFAULT);
  }

  private static RunShell shell(Map<String, String> environment) {
    return new RunShell("true", environment, "", Bytes.EMPTY, Limits.DEFAULT);
  }

  private static void refused(ThrowingCallable making, String message) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(making).withMessage(message);
  }
}
