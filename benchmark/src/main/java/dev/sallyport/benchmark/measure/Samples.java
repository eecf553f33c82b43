package dev.sallyport.benchmark.measure;

import java.util.Arrays;

/** Durations of many runs of the same thing, in nanoseconds. */
final class Samples {
  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] nanos;
  private int count;

  Samples(int most) {
    this.nanos = new long[most];
  }

  void add(long duration) {
    nanos[count++] = duration;
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** Milliseconds below which this share (0 to 1) of the samples lies. */
  double millis(double share) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[Math.min(count - 1, (int) (share * count))] / NANOS_PER_MILLI;
  }
}
