package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Two sessions, many streams, readers and writers of every temper, in an order that a seed decides. More seeds with
 * {@code -Dsimulation.seeds=N}, one again with {@code -Dsimulation.seed=N}.
 */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 25);

  @Test
  @DisplayName("whatever readers, writers and the network do, everything arrives, in order, and nobody waits for ever")
  void everythingArrivesAndNobodyWaitsForEver() {
    forSeeds(seed -> new Simulation(seed, false).run());
  }

  @Test
  @DisplayName("with resets at any moment the rest still arrives and all credit comes back")
  void resetsAtAnyMomentHarmNobodyElse() {
    forSeeds(seed -> new Simulation(seed, true).run());
  }

  private static void forSeeds(LongConsumer property) {
    Long one = Long.getLong("simulation.seed");
    long first = one == null ? 1 : one;
    int seeds = one == null ? SEEDS : 1;
    assertThat(seeds).isPositive();
    for (long seed = first; seed < first + seeds; seed++) {
      try {
        property.accept(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("fails with -Dsimulation.seed=" + seed, e);
      }
    }
  }
}
