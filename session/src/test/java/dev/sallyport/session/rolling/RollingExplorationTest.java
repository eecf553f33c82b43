package dev.sallyport.session.rolling;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The real rules in every world that loss, reordering, duplication, replay, crashes, restored storage, a clone or a second
 * server can make of them. The numbers of states go to standard output. {@code -Dsallyport.exploration=deep} goes further.
 */
class RollingExplorationTest {
  private static final int KEPT = 4;

  private final Laws laws = new Laws();

  @Test
  @DisplayName("K14 T30 no interruption at any point can lock an agent out (six handshakes, any crashes)")
  void noInterruptionLocksOut() {
    explore("6 handshakes, any crashes", KEPT, Scene.of(6), laws::uninterrupted, 40_000);
  }

  @Test
  @DisplayName("K14 no interruption at any point can lock an agent out (seven handshakes, any crashes)")
  void noInterruptionLocksOutOverSevenHandshakes() {
    explore("7 handshakes, any crashes", KEPT, Scene.of(7), laws::uninterrupted, 150_000);
  }

  @Test
  @EnabledIfSystemProperty(named = "sallyport.exploration", matches = "deep")
  @DisplayName("K14 no interruption at any point can lock an agent out (eight handshakes, any crashes)")
  void noInterruptionLocksOutOverEightHandshakes() {
    explore("8 handshakes, any crashes", KEPT, Scene.of(8), laws::uninterrupted, 500_000);
  }

  @Test
  void oneKeptSecretSufficesAgainstInterruptions() {
    explore("5 handshakes, any crashes, N=1", 1, Scene.of(5), laws::uninterrupted, 5_000);
  }

  @Test
  void pruningHidesNoState() {
    Set<Print> cores = new HashSet<>();
    Set<Print> prunedCores = new HashSet<>();
    explore("3 handshakes, any crashes, nothing pruned", KEPT, Scene.of(3).unpruned(), collecting(cores), 100_000);
    explore("3 handshakes, any crashes, pruned", KEPT, Scene.of(3), collecting(prunedCores), 500);
    assertThat(prunedCores).as("what agent and server can come to hold").isEqualTo(cores);
  }

  private Explorer.Law collecting(Set<Print> cores) {
    return (moves, world) -> {
      cores.add(world.silent().print());
      return laws.uninterrupted(moves, world);
    };
  }

  @Test
  void aClockThatStandsStillChangesNothing() {
    explore("6 handshakes, any crashes, clock stands", KEPT, Scene.of(6).withClockStopped(), laws::uninterrupted,
        40_000);
  }

  @Test
  @DisplayName("K14 no interruption of an enrolment leaves a machine outside, or makes a false alarm")
  void anEnrolmentComesToItsEnd() {
    explore("3 handshakes, 2 crashes, enrolling", KEPT, Scene.of(3).withCrashes(2).withEnrolment(),
        laws::uninterrupted, 10_000);
  }

  @Test
  @EnabledIfSystemProperty(named = "sallyport.exploration", matches = "deep")
  @DisplayName("K14 no interruption of an enrolment leaves a machine outside, or makes a false alarm (four handshakes)")
  void anEnrolmentOfFourHandshakesComesToItsEnd() {
    explore("4 handshakes, 2 crashes, enrolling", KEPT, Scene.of(4).withCrashes(2).withEnrolment(),
        laws::uninterrupted, 100_000);
  }

  @Test
  void twoServersOverOneRowKeepTheInvariant() {
    explore("3 handshakes, any crashes, 2 servers", KEPT, Scene.of(3).withNodes(2), laws::uninterrupted, 300_000);
  }

  @Test
  @DisplayName("K14 an agent restored to any of its last six states comes back by itself, and is noticed")
  void aRestoredAgentComesBackAndIsNoticed() {
    assertThat(lost(KEPT, Scene.of(4).withCrashes(1).restoringAgent(6), "agent restored")).isZero();
  }

  @Test
  @DisplayName("K14 a server restored to any of its last six rows finds its agents again, and is noticed")
  void aRestoredServerFindsItsAgentsAgainAndIsNoticed() {
    assertThat(lost(KEPT, Scene.of(4).withCrashes(1).restoringServer(6), "server restored")).isZero();
  }

  @Test
  void lessKeptThanRestoredCannotComeBackAndIsAlarmed() {
    assertThat(lost(1, Scene.of(3).withCrashes(1).restoringAgent(6), "agent restored")).isPositive();
  }

  @Test
  void lessKeptThanRestoredByTheServerCannotComeBackAndIsAlarmed() {
    assertThat(lost(1, Scene.of(4).withCrashes(1).restoringServer(6), "server restored")).isPositive();
  }

  @Test
  @DisplayName("K14 a clone is noticed on the first contact of whichever comes second")
  void aCloneIsNoticed() {
    explore("3 handshakes, any crashes, clone", KEPT, Scene.of(3).withClone(), laws::cloned, 40_000);
  }

  private int lost(int kept, Scene scene, String name) {
    explore(scene.handshakes() + " handshakes, 1 crash, " + name + ", N=" + kept, kept, scene, laws::restored, 1_000);
    System.out.println("  of these, cannot synchronise any more: " + laws.lost());
    return laws.lost();
  }

  private static void explore(String name, int kept, Scene scene, Explorer.Law law, int least) {
    long begin = System.nanoTime();
    Explorer.Walk walk = Explorer.walk(Rules.Real.keeping(kept), scene, law);
    System.out.printf("%-55s %,10d states in %s%n", name, walk.states(),
        Duration.ofMillis((System.nanoTime() - begin) / 1_000_000));
    assertThat(walk.toString()).as("shortest way to a breach").isEmpty();
    assertThat(walk.states()).as("the scene was really explored").isGreaterThan(least);
  }
}
