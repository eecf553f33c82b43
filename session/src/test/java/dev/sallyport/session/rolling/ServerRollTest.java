package dev.sallyport.session.rolling;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.session.handshake.Match;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.rolling.ServerEffect.Accept;
import dev.sallyport.session.rolling.ServerEffect.Commit;
import dev.sallyport.session.rolling.ServerEffect.RaiseFloor;
import dev.sallyport.session.rolling.ServerEffect.Refuse;
import dev.sallyport.session.rolling.ServerEffect.Report;
import dev.sallyport.session.rolling.ServerEffect.SendRolled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerRollTest {
  private static final ServerRoll ROLL = new ServerRoll(Depth.DEFAULT);
  private static final Secret CANDIDATE = Symbols.candidate(9, 0);
  private static final long NOW = 1_000;

  /** Epochs 3, 2, 1, 0 with floor 50. */
  private static final ServerSecrets ROW = new ServerSecrets(
      IntStream.of(3, 2, 1, 0).mapToObj(epoch -> new EpochSecret(epoch, Symbols.candidate(epoch, 0))).toList(), 50);

  private static SecretMatcher meeting(int own, int proof) {
    return _ -> Optional.of(new Match(own, proof));
  }

  private static SecretMatcher stranger() {
    return _ -> Optional.empty();
  }

  private static SecretMatcher neverAsked() {
    return _ -> {
      throw new AssertionError("a stale attempt costs no proof");
    };
  }

  @Test
  void theFloorIsRaisedBeforeTheAnswer() {
    Step<ServerState, ServerEffect> step = ROLL.onHello(ServerState.restored(ROW), 60, meeting(0, 0), NOW);
    assertThat(step.effects()).containsExactly(new RaiseFloor(ROW, 60),
        new Accept(60, ROW.list().getFirst(), new Match(0, 0), false));
    assertThat(step.state()).isEqualTo(new ServerState(ROW.withFloor(60), new PendingRoll(60, ROW.list())));
  }

  @ParameterizedTest
  @CsvSource({"50", "49", "1"})
  @DisplayName("T16 a replayed HELLO is stale and touches nothing, not even what is pending")
  void aReplayTouchesNothing(long attempt) {
    ServerState state = new ServerState(ROW, new PendingRoll(50, ROW.list()));
    Step<ServerState, ServerEffect> step = ROLL.onHello(state, attempt, neverAsked(), NOW);
    assertThat(step.state()).isSameAs(state);
    assertThat(step.effects()).containsExactly(new Refuse(Status.ATTEMPT_STALE, 50));
  }

  @Test
  void aNewerHelloVoidsThePendingOne() {
    ServerState pending = ROLL.onHello(ServerState.restored(ROW), 60, meeting(0, 0), NOW).state();
    ServerState newer = ROLL.onHello(pending, 61, meeting(0, 0), NOW).state();
    assertThat(ROLL.onConfirm(newer, 60, CANDIDATE)).isEqualTo(Step.nothing(newer));
    assertThat(ROLL.onConfirm(newer, 61, CANDIDATE).effects()).hasSize(2);
  }

  @Test
  void aHelloWithoutACommonSecretVoidsThePendingOneAndAlarms() {
    ServerState pending = ROLL.onHello(ServerState.restored(ROW), 60, meeting(0, 0), NOW).state();
    Step<ServerState, ServerEffect> step = ROLL.onHello(pending, 61, stranger(), NOW);
    assertThat(step.effects()).containsExactly(new RaiseFloor(ROW.withFloor(60), 61),
        new Report(new RollEvent.NoCommonSecret()), new Refuse(Status.NO_COMMON_SECRET, 61));
    assertThat(step.state()).isEqualTo(ServerState.restored(ROW.withFloor(61)));
  }

  @Test
  void confirmCommitsTheCandidateBeforeTheMatchedSecret() {
    ServerState pending = ROLL.onHello(ServerState.restored(ROW), 60, meeting(0, 0), NOW).state();
    Step<ServerState, ServerEffect> step = ROLL.onConfirm(pending, 60, CANDIDATE);
    List<EpochSecret> list = new ArrayList<>(List.of(new EpochSecret(4, CANDIDATE)));
    list.addAll(ROW.list().subList(0, 3));
    ServerSecrets next = new ServerSecrets(list, 60);
    assertThat(step.effects()).containsExactly(new Commit(60, next), new SendRolled(4));
    assertThat(step.state()).isEqualTo(ServerState.restored(next));
  }

  @Test
  void afterAResyncWhatTheAgentLostIsForgottenAndEpochsGoOn() {
    ServerState pending = ROLL.onHello(ServerState.restored(ROW), 60, meeting(2, 0), NOW).state();
    ServerSecrets next = ROLL.onConfirm(pending, 60, CANDIDATE).state().secrets();
    assertThat(next.list()).extracting(EpochSecret::epoch).containsExactly(4L, 1L, 0L);
  }

  @Test
  void confirmCountsOnce() {
    ServerState pending = ROLL.onHello(ServerState.restored(ROW), 60, meeting(0, 0), NOW).state();
    ServerState committed = ROLL.onConfirm(pending, 60, CANDIDATE).state();
    assertThat(ROLL.onConfirm(committed, 60, CANDIDATE)).isEqualTo(Step.nothing(committed));
    assertThat(ROLL.onConfirm(ServerState.restored(ROW), 50, CANDIDATE).effects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,0,0", "0,1,0", "0,4,0", "1,0,1", "1,1,1", "3,0,3", "2,4,2"})
  @DisplayName("T17 K14 a secret of an old epoch is never taken in silence")
  void aMatchThatNoInterruptionExplainsIsReportedAndToldToTheAgent(int own, int proof, int distance) {
    List<ServerEffect> effects = ROLL.onHello(ServerState.restored(ROW), 60, meeting(own, proof), NOW).effects();
    assertThat(effects.stream().filter(Report.class::isInstance))
        .isEqualTo(distance == 0 ? List.of() : List.of(new Report(new RollEvent.Resync(distance))));
    assertThat(effects.getLast())
        .isEqualTo(new Accept(60, ROW.list().get(own), new Match(own, proof), distance > 0));
  }

  @Test
  void anAttemptFarAheadIsRefusedSoThatAThiefCannotUseUpTheNumbers() {
    long most = NOW + ServerRoll.MOST_AHEAD.toMillis();
    ServerState state = ServerState.restored(ROW);
    assertThat(ROLL.onHello(state, most + 1, neverAsked(), NOW))
        .isEqualTo(new Step<>(state, List.of(new Refuse(Status.CLOCK, 50))));
    assertThat(ROLL.onHello(state, Long.MAX_VALUE / 2, neverAsked(), NOW).effects())
        .containsExactly(new Refuse(Status.CLOCK, 50));
    assertThat(ROLL.onHello(state, most, stranger(), NOW).effects()).contains(new RaiseFloor(ROW, most));
  }

  @Test
  void anAgentIsNotLockedOutByAFloorAtTheLimitOrByAServerWhoseClockWentBack() {
    long floor = NOW + ServerRoll.MOST_AHEAD.toMillis();
    ServerState state = ServerState.restored(ROW.withFloor(floor));
    assertThat(ROLL.onHello(state, floor + 1, meeting(0, 0), 0).effects()).hasAtLeastOneElementOfType(Accept.class);
    assertThat(ROLL.onHello(state, floor + ServerRoll.MOST_ABOVE_FLOOR.toMillis() + 1, neverAsked(), 0).effects())
        .containsExactly(new Refuse(Status.CLOCK, floor));
  }

  @Test
  void enrolmentBeginsWithEpochZero() {
    assertThat(ServerSecrets.enrolled(7, CANDIDATE))
        .isEqualTo(new ServerSecrets(List.of(new EpochSecret(0, CANDIDATE)), 7));
  }

  @Test
  void rowsThatCannotBeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ServerSecrets(List.of(), -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new EpochSecret(-1, CANDIDATE));
    assertThatIllegalArgumentException().isThrownBy(
        () -> new ServerSecrets(Collections.nCopies(Depth.MOST + 1, new EpochSecret(0, CANDIDATE)), 0));
  }
}
