package dev.sallyport.session.rolling;

import module java.base;

/** A set of prints in two arrays: 16 bytes a state where a {@code HashSet} would take a hundred. */
final class PrintSet {
  private long[] high = new long[1 << 16];
  private long[] low = new long[1 << 16];
  private int size;

  /** Whether it was new. */
  boolean add(Print print) {
    if (4L * size > 3L * high.length) {
      grow();
    }
    int slot = slot(print.high(), print.low());
    if (low[slot] != 0) {
      return false;
    }
    high[slot] = print.high();
    low[slot] = print.low() | 1;
    size++;
    return true;
  }

  int size() {
    return size;
  }

  private int slot(long wantedHigh, long wantedLow) {
    int mask = high.length - 1;
    int slot = (int) (wantedHigh ^ (wantedHigh >>> 32)) & mask;
    while (low[slot] != 0 && (high[slot] != wantedHigh || low[slot] != (wantedLow | 1))) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    high = new long[2 * oldHigh.length];
    low = new long[2 * oldLow.length];
    for (int i = 0; i < oldHigh.length; i++) {
      if (oldLow[i] != 0) {
        int slot = slot(oldHigh[i], oldLow[i]);
        high[slot] = oldHigh[i];
        low[slot] = oldLow[i];
      }
    }
  }
}
