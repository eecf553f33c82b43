package dev.sallyport.transport.ftp.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("K4 how often to look for files")
class PaceTest {
  private static final long MILLI = 1_000_000;

  private long now = Long.MAX_VALUE - 3_000 * MILLI; // the clock may wrap
  private final Pace pace = new Pace(Duration.ofSeconds(10), () -> now);

  private List<Long> looks(int count) {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long wait = pace.next();
      waits.add(wait);
      now += wait * MILLI;
    }
    return waits;
  }

  @Test
  void looksAtOnceWhenSomethingMovedAndThenAsOftenAsAPersonWaits() {
    looks(100);
    pace.moved();

    assertThat(looks(8)).containsExactly(10L, 20L, 40L, 80L, 160L, 250L, 250L, 250L);
  }

  @Test
  void looksEverMoreRarelyWhenNothingMoves() {
    pace.moved();
    List<Long> waits = looks(60);

    assertThat(waits).isSorted().endsWith(10_000L);
    assertThat(waits.stream().filter(wait -> wait == 250).count()).isBetween(18L, 22L);
  }

  @Test
  void neverLooksMoreRarelyThanTheSlowest() {
    Pace quick = new Pace(Duration.ofMillis(3), () -> now);

    assertThat(List.of(quick.next(), quick.next(), quick.next())).containsOnly(3L);
  }
}
