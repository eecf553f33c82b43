package dev.sallyport.server.directive.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.directive.life.RunEvent.Abandoned;
import dev.sallyport.server.directive.life.RunEvent.CancelAsked;
import dev.sallyport.server.directive.life.RunEvent.LifetimeEnded;
import dev.sallyport.server.directive.life.RunEvent.Offered;
import dev.sallyport.server.directive.life.RunEvent.Reported;
import dev.sallyport.server.directive.life.RunState.Ended;
import dev.sallyport.server.directive.life.RunState.Queued;
import dev.sallyport.server.directive.life.RunState.Running;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunLifeTest {

  private static final RunState QUEUED = new Queued();
  private static final RunState RUNNING = new Running(false);
  private static final RunState CANCELLING = new Running(true);

  @Test
  void aQueuedRunIsEndedByTheServerAlone() {
    assertThat(RunLife.next(QUEUED, new Offered())).isEqualTo(RUNNING);
    assertThat(RunLife.next(QUEUED, new LifetimeEnded())).isEqualTo(new Ended(Outcome.EXPIRED));
    assertThat(RunLife.next(QUEUED, new CancelAsked())).isEqualTo(new Ended(Outcome.CANCELLED));
  }

  @Test
  void aQueuedRunCanNeitherReportNorBeAbandoned() {
    assertThatThrownBy(() -> RunLife.next(QUEUED, new Reported(Outcome.DONE)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> RunLife.next(QUEUED, new Abandoned())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anOfferedRunIsNotEndedByTheClockBecauseItMayHaveStarted() {
    assertThat(RunLife.next(RUNNING, new LifetimeEnded())).isEqualTo(RUNNING);
    assertThat(RunLife.next(CANCELLING, new LifetimeEnded())).isEqualTo(CANCELLING);
  }

  @Test
  void anOfferedRunMayBeOfferedAgainAndStaysCancelled() {
    assertThat(RunLife.next(RUNNING, new Offered())).isEqualTo(RUNNING);
    assertThat(RunLife.next(CANCELLING, new Offered())).isEqualTo(CANCELLING);
  }

  @Test
  void cancellingARunningRunWaitsForItsMachine() {
    assertThat(RunLife.next(RUNNING, new CancelAsked())).isEqualTo(CANCELLING);
    assertThat(RunLife.next(CANCELLING, new CancelAsked())).isEqualTo(CANCELLING);
  }

  @ParameterizedTest
  @EnumSource
  void aRunningRunEndsAsItsMachineReports(Outcome outcome) {
    assertThat(RunLife.next(RUNNING, new Reported(outcome))).isEqualTo(new Ended(outcome));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXPIRED")
  void aRunThatFinishedBeforeTheCancelReachedItKeepsItsOutcome(Outcome outcome) {
    assertThat(RunLife.next(CANCELLING, new Reported(outcome))).isEqualTo(new Ended(outcome));
  }

  @Test
  void aCancelledRunThatNeverStartedIsCancelledNotExpired() {
    assertThat(RunLife.next(CANCELLING, new Reported(Outcome.EXPIRED))).isEqualTo(new Ended(Outcome.CANCELLED));
  }

  @Test
  void aMachineThatStaysAwayLeavesTheOutcomeUnknown() {
    assertThat(RunLife.next(RUNNING, new Abandoned())).isEqualTo(new Ended(Outcome.UNKNOWN));
    assertThat(RunLife.next(CANCELLING, new Abandoned())).isEqualTo(new Ended(Outcome.UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  @DisplayName("an ended run stays as it is: a second result, a late cancel and another server life change nothing")
  void anEndedRunStaysAsItIs(RunEvent event) {
    for (Outcome outcome : Outcome.values()) {
      assertThat(RunLife.next(new Ended(outcome), event)).isEqualTo(new Ended(outcome));
    }
  }

  @ParameterizedTest
  @MethodSource("everyState")
  void everyStateIsReadBackFromItsWord(RunState state) {
    assertThat(RunState.ofWord(state.word())).isEqualTo(state);
    assertThat(state.ended()).isEqualTo(state instanceof Ended);
  }

  @Test
  void aRunThatIsBeingCancelledIsShownAsRunning() {
    assertThat(CANCELLING.shown()).isEqualTo("running");
    assertThat(CANCELLING.word()).isEqualTo("cancelling");
    assertThat(new Ended(Outcome.REFUSED).shown()).isEqualTo("refused");
  }

  @Test
  void aWordNobodyWroteIsRefused() {
    assertThatThrownBy(() -> RunState.ofWord("Queued")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> RunState.ofWord("")).isInstanceOf(ProtocolException.class);
  }

  static List<RunState> everyState() {
    var states = new ArrayList<>(List.of(QUEUED, RUNNING, CANCELLING));
    for (Outcome outcome : Outcome.values()) {
      states.add(new Ended(outcome));
    }
    return states;
  }

  static List<RunEvent> everyEvent() {
    var events = new ArrayList<RunEvent>(
        List.of(new Offered(), new LifetimeEnded(), new CancelAsked(), new Abandoned()));
    for (Outcome outcome : Outcome.values()) {
      events.add(new Reported(outcome));
    }
    return events;
  }
}
