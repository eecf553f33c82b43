package dev.sallyport.session;

import module java.base;

/**
 * Runs a property with many seeds, the same ones every time. A failing property names its seed; {@code -Dseed=N} replays it,
 * {@code -Dseeds=N} runs so many times as many.
 */
public final class Seeds {

  private Seeds() {
  }

  /** Checks a property so many times. */
  public static void forSeeds(int rounds, Consumer<SplittableRandom> property) {
    Long replay = Long.getLong("seed");
    long first = replay == null ? 1 : replay;
    int all = replay == null ? rounds * Integer.getInteger("seeds", 1) : 1;
    for (int i = 0; i < all; i++) {
      long seed = first + i;
      try {
        property.accept(new SplittableRandom(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("fails for seed " + seed + "; replay with -Dseed=" + seed, e);
      }
    }
  }

  /** Any of these. */
  public static <T> T oneOf(SplittableRandom random, T[] all) {
    return List.of(all).get(random.nextInt(all.length));
  }

  /** So many bytes. */
  public static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
