package dev.sallyport.session.rolling;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.rolling.AgentEffect.Persist;
import dev.sallyport.session.rolling.AgentEffect.Report;
import dev.sallyport.session.rolling.AgentEffect.SendConfirm;
import dev.sallyport.session.rolling.AgentEffect.SendHello;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentRollTest {
  private static final AgentRoll ROLL = new AgentRoll(Depth.DEFAULT);
  private static final Secret CANDIDATE = Symbols.candidate(9, 0);

  private static List<Secret> secrets(int... hellos) {
    return Arrays.stream(hellos).mapToObj(hello -> Symbols.candidate(hello, 0)).toList();
  }

  private static AgentState underWay(AgentSecrets secrets) {
    return new AgentState(secrets, 100);
  }

  @Test
  void theAttemptIsOnDiskBeforeHelloLeaves() {
    AgentSecrets stored = new AgentSecrets(secrets(2, 1), 1, 50);
    Step<AgentState, AgentEffect> step = ROLL.start(AgentState.restored(stored), 70);
    AgentSecrets raised = new AgentSecrets(secrets(2, 1), 1, 70);
    assertThat(step.effects()).containsExactly(new Persist(raised), new SendHello(70, secrets(2, 1)));
    assertThat(step.state()).isEqualTo(new AgentState(raised, 70));
  }

  @Test
  void theAttemptGrowsEvenWhenTheClockIsSetBack() {
    AgentSecrets stored = new AgentSecrets(secrets(1), 0, 50);
    assertThat(ROLL.start(AgentState.restored(stored), 10).state().attempt()).isEqualTo(51);
  }

  @Test
  void aHelloOffersTheNewestFive() {
    AgentSecrets stored = new AgentSecrets(secrets(8, 7, 6, 5, 4, 3, 2), 1, 0);
    assertThat(ROLL.start(AgentState.restored(stored), 1).effects().getLast())
        .isEqualTo(new SendHello(1, secrets(8, 7, 6, 5, 4)));
  }

  @Test
  void theCandidateIsStoredInOneWriteBeforeConfirm() {
    AgentState before = underWay(new AgentSecrets(secrets(3, 2, 1), 1, 100));
    Step<AgentState, AgentEffect> step = ROLL.onReplyOk(before, 100, 0, CANDIDATE);
    AgentSecrets after = new AgentSecrets(secrets(9, 3, 2, 1), 1, 100);
    assertThat(step.effects()).containsExactly(new Persist(after), new SendConfirm(100));
    assertThat(step.state()).isEqualTo(underWay(after));
  }

  @Test
  void whatIsNewerThanTheMatchIsForgotten() {
    AgentState before = underWay(new AgentSecrets(secrets(3, 2, 1), 1, 100));
    assertThat(ROLL.onReplyOk(before, 100, 1, CANDIDATE).state().secrets().held()).isEqualTo(secrets(9, 2, 1));
  }

  @Test
  void oneMoreThanTheDepthIsHeldWhilePending() {
    AgentState before = underWay(new AgentSecrets(secrets(5, 4, 3, 2, 1), 1, 100));
    AgentState pending = ROLL.onReplyOk(before, 100, 0, CANDIDATE).state();
    assertThat(pending.secrets().held()).isEqualTo(secrets(9, 5, 4, 3, 2));
    assertThat(ROLL.onRolled(pending, 100).state().secrets().held()).isEqualTo(secrets(9, 5, 4, 3));
  }

  @ParameterizedTest
  @CsvSource({"1,0,0", "1,1,0", "1,2,1", "1,3,2", "0,0,0", "0,1,1", "0,2,2", "3,2,0", "3,3,0"})
  void aMatchThatNoInterruptionExplainsIsReported(int pending, int matched, int distance) {
    AgentState before = underWay(new AgentSecrets(secrets(4, 3, 2, 1), pending, 100));
    List<AgentEffect> reports = ROLL.onReplyOk(before, 100, matched, CANDIDATE).effects().stream()
        .filter(Report.class::isInstance).toList();
    assertThat(reports)
        .isEqualTo(distance == 0 ? List.of() : List.of(new Report(new RollEvent.Resync(distance))));
  }

  @Test
  void aReplyToAnOlderAttemptChangesNothing() {
    AgentState state = underWay(new AgentSecrets(secrets(1), 0, 100));
    assertThat(ROLL.onReplyOk(state, 99, 0, CANDIDATE)).isEqualTo(Step.nothing(state));
    assertThat(ROLL.onEnrolReplyOk(state, 99, CANDIDATE)).isEqualTo(Step.nothing(state));
    assertThat(ROLL.onStale(state, 99, 500)).isEqualTo(Step.nothing(state));
    assertThat(ROLL.onClockRefused(state, 99, 5)).isEqualTo(Step.nothing(state));
  }

  @Test
  void rolledEndsThePending() {
    AgentState pending = underWay(new AgentSecrets(secrets(9, 1), 1, 100));
    AgentSecrets after = new AgentSecrets(secrets(9, 1), 0, 100);
    assertThat(ROLL.onRolled(pending, 100)).isEqualTo(new Step<>(underWay(after), List.of(new Persist(after))));
  }

  @Test
  void rolledOfAnOlderSessionOrASecondOneChangesNothing() {
    AgentState pending = underWay(new AgentSecrets(secrets(9, 1), 1, 100));
    assertThat(ROLL.onRolled(pending, 99)).isEqualTo(Step.nothing(pending));
    AgentState settled = underWay(new AgentSecrets(secrets(9, 1), 0, 100));
    assertThat(ROLL.onRolled(settled, 100)).isEqualTo(Step.nothing(settled));
  }

  @Test
  void aFloorAboveTheAttemptIsLearntAndReported() {
    AgentState state = underWay(new AgentSecrets(secrets(9, 1), 1, 100));
    AgentSecrets after = new AgentSecrets(secrets(9, 1), 1, 500);
    assertThat(ROLL.onStale(state, 100, 500)).isEqualTo(new Step<>(AgentState.restored(after),
        List.of(new Persist(after), new Report(new RollEvent.AttemptRollback(100, 500)))));
    assertThat(ROLL.start(AgentState.restored(after), 7).state().attempt()).isEqualTo(501);
  }

  @Test
  void aFloorEqualToTheAttemptIsADuplicateAndNoAlarm() {
    AgentState state = underWay(new AgentSecrets(secrets(1), 0, 100));
    assertThat(ROLL.onStale(state, 100, 100).effects()).containsExactly(new Persist(state.secrets()));
  }

  @Test
  void aClockFarAheadComesBackToTheServersTime() {
    AgentState state = underWay(new AgentSecrets(secrets(1), 0, 100));
    AgentState back = ROLL.onClockRefused(state, 100, 30).state();
    assertThat(ROLL.start(back, 40).state().attempt()).isEqualTo(40);
  }

  @Test
  void anyOtherRefusalChangesNoSecret() {
    AgentState state = underWay(new AgentSecrets(secrets(2, 1), 1, 100));
    assertThat(ROLL.onRefused(state)).isEqualTo(AgentState.restored(state.secrets()));
  }

  @Test
  void enrolmentMakesTheFirstSecretAndKeepsThoseOfAnUnfinishedOne() {
    AgentState first = ROLL.onEnrolReplyOk(underWay(AgentSecrets.none()), 100, Symbols.candidate(1, 0)).state();
    assertThat(first.secrets()).isEqualTo(new AgentSecrets(secrets(1), 1, 100));
    Step<AgentState, AgentEffect> second = ROLL.onEnrolReplyOk(new AgentState(first.secrets(), 200), 200, CANDIDATE);
    AgentSecrets both = new AgentSecrets(secrets(9, 1), 2, 200);
    assertThat(second.effects()).containsExactly(new Persist(both), new SendConfirm(200));
  }

  @Test
  void theDepthIsOneToEight() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Depth(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Depth(9));
    assertThat(Depth.DEFAULT.secrets()).isEqualTo(4);
    AgentRoll deepest = new AgentRoll(new Depth(8));
    AgentState before = underWay(new AgentSecrets(secrets(8, 7, 6, 5, 4, 3, 2, 1), 0, 100));
    assertThat(deepest.onReplyOk(before, 100, 0, CANDIDATE).state().secrets().held()).hasSize(9);
  }

  @Test
  void statesThatCannotBeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AgentSecrets(List.of(), 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new AgentSecrets(List.of(), 0, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AgentSecrets(Collections.nCopies(10, CANDIDATE), 0, 0));
  }
}
