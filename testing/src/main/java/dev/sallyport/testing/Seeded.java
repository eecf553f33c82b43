package dev.sallyport.testing;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Runs a property with randomness that can be replayed: {@code -Dseed=…} with the number a failure names. */
public final class Seeded {
  /** The system property that fixes the seed. */
  public static final String PROPERTY = "seed";

  private Seeded() {
  }

  /** A property to check. */
  @FunctionalInterface
  public interface Property {
    /** Checks it; a failure is an assertion error or any exception. */
    void check(RandomGenerator random) throws Exception;
  }

  /** Checks a property as often as said, each time with another seed. */
  public static void times(int rounds, Property property) {
    Long fixed = Long.getLong(PROPERTY);
    if (fixed != null) {
      once(fixed, property);
      return;
    }
    SplittableRandom seeds = new SplittableRandom();
    for (int round = 0; round < rounds; round++) {
      once(seeds.nextLong(), property);
    }
  }

  private static void once(long seed, Property property) {
    try {
      property.check(new SplittableRandom(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("fails with -D" + PROPERTY + "=" + seed + ": " + e.getMessage(), e);
    }
  }
}
