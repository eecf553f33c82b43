package dev.sallyport.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;

import dev.sallyport.server.fake.TestClock;
import org.junit.jupiter.api.Test;

class ThrottledLogTest {
  private final TestClock clock = new TestClock();
  private final ArrayList<String> written = new ArrayList<>();
  private final ThrottledLog log = new ThrottledLog(written::add, clock);

  @Test
  void writesEveryLineAsLongAsThereAreFew() {
    for (int i = 0; i < ThrottledLog.MAX_LINES; i++) {
      log.line("line " + i);
    }
    assertThat(written).hasSize(ThrottledLog.MAX_LINES).endsWith("line " + (ThrottledLog.MAX_LINES - 1));
  }

  @Test
  void countsWhatIsTooManyAndTellsTheCountWithTheNextLine() {
    for (int i = 0; i < 10_000; i++) {
      log.line("flood");
    }
    assertThat(written).hasSize(ThrottledLog.MAX_LINES);
    clock.advance(Duration.ofMinutes(1));
    log.line("calm");
    log.line("calm");
    assertThat(written).endsWith("calm (9970 more before it were not written)", "calm");
  }

  @Test
  void aClockThatIsSetBackSilencesNothing() {
    for (int i = 0; i < 100; i++) {
      log.line("flood");
    }
    clock.advance(Duration.ofHours(-1));
    log.line("later");
    assertThat(written.getLast()).startsWith("later");
  }
}
