package dev.sallyport.agent.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

final class IntervalsTest {
  private static final List<String> HOME = List.of("exact", "home");
  private static final String WAY = "websocket wss://sallyport.example/agent";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private long now = Long.MAX_VALUE - 1; // the clock may wrap
  private final Intervals intervals = new Intervals(() -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private Duration interval() {
    return intervals.of(HOME, WAY, MINUTE);
  }

  private boolean closedAfter(int seconds) {
    return intervals.cut(HOME, WAY, interval(), Duration.ofSeconds(seconds), false);
  }

  private boolean unanswered() {
    return intervals.cut(HOME, WAY, interval(), interval(), true);
  }

  @Test
  void aWayThatWasNeverCutIsQuietForAsLongAsItMay() {
    assertThat(interval()).isEqualTo(MINUTE);
    assertThat(intervals.of(HOME, WAY, Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whereAConnectionIsClosedAfterThirtySecondsItIsNoLongerQuietForSoLong() {
    assertThat(closedAfter(30)).isTrue();

    assertThat(interval()).isEqualTo(Duration.ofSeconds(27));
  }

  @Test
  void whereConnectionsAreForgottenWithoutAWordTheIntervalIsHalvedUntilItHolds() {
    assertThat(unanswered()).isTrue();
    assertThat(interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(unanswered()).isTrue();
    assertThat(interval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(unanswered()).isTrue();
    assertThat(interval()).isEqualTo(Intervals.SHORTEST);
    assertThat(unanswered()).as("nothing is left to learn").isFalse();
  }

  @Test
  void aConnectionThatWasCutInTheMiddleOfItsWorkTeachesNothing() {
    assertThat(closedAfter(7)).isFalse();

    assertThat(interval()).isEqualTo(MINUTE);
  }

  @Test
  void otherWaysAndOtherNetworksAreAsTheyWere() {
    closedAfter(30);

    assertThat(intervals.of(List.of("office"), WAY, MINUTE)).isEqualTo(MINUTE);
    assertThat(intervals.of(HOME, "tls " + WAY, MINUTE)).isEqualTo(MINUTE);
    assertThat(intervals.of(List.of("home"), WAY, MINUTE)).as("its gateway is not known yet")
        .isEqualTo(Duration.ofSeconds(27));
  }

  @Test
  void whatHasHeldForAnHourGrowsByHalfUntilItIsAsBefore() {
    closedAfter(30);
    pass(Intervals.FIRST_TRIAL.minusNanos(1));
    assertThat(interval()).isEqualTo(Duration.ofSeconds(27));
    pass(Duration.ofNanos(1));
    assertThat(interval()).isEqualTo(Duration.ofMillis(40_500));
    pass(Intervals.FIRST_TRIAL);
    assertThat(interval()).isEqualTo(MINUTE);
    pass(Intervals.FIRST_TRIAL);
    assertThat(interval()).isEqualTo(MINUTE);
    closedAfter(30);
    assertThat(interval()).isEqualTo(Duration.ofSeconds(27));
  }

  @Test
  void aTrialThatFailsLeadsBackToWhatHeldAndTheNextComesMuchLater() {
    closedAfter(30);
    Duration trial = Intervals.FIRST_TRIAL;
    for (int i = 0; i < 10; i++) {
      pass(trial.minusNanos(1));
      assertThat(interval()).as("before trial %d", i).isEqualTo(Duration.ofSeconds(27));
      pass(Duration.ofNanos(1));
      assertThat(interval()).as("trial %d", i).isEqualTo(Duration.ofMillis(40_500));
      closedAfter(30);
      Duration doubled = trial.multipliedBy(2);
      trial = doubled.compareTo(Intervals.LAST_TRIAL) < 0 ? doubled : Intervals.LAST_TRIAL;
    }
    assertThat(trial).isEqualTo(Intervals.LAST_TRIAL);
  }

  @Test
  void theOldestOfManyWaysIsForgotten() {
    for (int i = 0; i <= Intervals.MAX_WAYS; i++) {
      intervals.cut(List.of("network " + i), WAY, MINUTE, Duration.ofSeconds(30), false);
    }

    assertThat(intervals.of(List.of("network 0"), WAY, MINUTE)).isEqualTo(MINUTE);
    assertThat(intervals.of(List.of("network 1"), WAY, MINUTE)).isEqualTo(Duration.ofSeconds(27));
  }
}
