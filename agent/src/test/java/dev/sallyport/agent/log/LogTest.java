package dev.sallyport.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

final class LogTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private Instant now = Instant.parse("2026-11-22T00:00:00Z");
  private final Log log = new Log(new PrintStream(written, true, StandardCharsets.UTF_8), () -> now);

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  @Test
  void aLastingTroubleIsToldOnceAndThenEverMoreRarely() {
    for (int second = 0; second < 3_600; second++) {
      log.trouble("unreachable", "nobody there");
      later(Duration.ofSeconds(1));
    }

    assertThat(lines()).containsExactly("2026-11-22T00:00:00Z nobody there",
        "2026-11-22T00:01:00Z nobody there (happened 59 more times)",
        "2026-11-22T00:03:00Z nobody there (happened 119 more times)",
        "2026-11-22T00:07:00Z nobody there (happened 239 more times)",
        "2026-11-22T00:15:00Z nobody there (happened 479 more times)",
        "2026-11-22T00:31:00Z nobody there (happened 959 more times)");
  }

  @Test
  void aTroubleThatBecomesAnotherIsToldAtOnce() {
    log.trouble("unreachable", "no such name");
    log.trouble("unreachable", "no such name");
    log.trouble("unreachable", "connection refused");

    assertThat(lines()).hasSize(2).last().asString().endsWith("connection refused (happened 1 more times)");
  }

  @Test
  void troublesThatTakeTurnsAreNoFlood() {
    for (int second = 0; second < 3_600; second++) {
      log.trouble("unreachable", "server " + second % 2 + " refused");
      later(Duration.ofSeconds(1));
    }

    assertThat(lines()).hasSizeLessThan(15);
  }

  @Test
  void aTroubleThatWasOverIsNewAgain() {
    log.trouble("unreachable", "nobody there");
    later(Duration.ofMinutes(10));
    log.trouble("unreachable", "nobody there");

    assertThat(lines()).containsExactly("2026-11-22T00:00:00Z nobody there", "2026-11-22T00:10:00Z nobody there");
  }

  @Test
  void whatHappensAFewTimesIsToldEachTime() {
    for (int i = 0; i < 100; i++) {
      log.repeated("connected", "connected");
      later(Duration.ofSeconds(1));
    }

    assertThat(lines()).hasSize(6).last().asString().contains("more times");
  }

  @Test
  void aClockThatIsSetBackDoesNotSilenceTheLog() {
    log.trouble("unreachable", "nobody there");
    now = now.minus(Duration.ofDays(365));
    log.trouble("unreachable", "nobody there");

    assertThat(lines()).hasSize(2);
  }

  @Test
  void aLineIsOneLineOfPlainTextWhateverComesFromOutside() {
    log.event("a\nb\u001b[31mc" + "x".repeat(10_000));

    assertThat(lines()).hasSize(1).first().asString().doesNotContain("\u001b").hasSizeLessThan(600);
  }
}
