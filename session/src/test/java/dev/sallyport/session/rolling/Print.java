package dev.sallyport.session.rolling;

/**
 * 128 bits that stand for a state. Two different states share them with a probability of about 10<sup>-26</sup> among a
 * million.
 */
record Print(long high, long low) {
  static final Print ZERO = new Print(0, 0);

  static Print of(long... values) {
    long high = 0x9e3779b97f4a7c15L;
    long low = 0xc2b2ae3d27d4eb4fL;
    for (long value : values) {
      high = mix(high ^ value, 0xbf58476d1ce4e5b9L);
      low = mix(low + value, 0x94d049bb133111ebL);
    }
    return new Print(high, low);
  }

  /** Adds without regard to order. */
  Print plus(Print other) {
    return new Print(high + other.high, low + other.low);
  }

  /** Adds with regard to order. */
  Print then(Print next) {
    return new Print(mix(high, 0xbf58476d1ce4e5b9L) + next.high, mix(low, 0x94d049bb133111ebL) + next.low);
  }

  private static long mix(long value, long factor) {
    long mixed = (value ^ (value >>> 30)) * factor;
    mixed = (mixed ^ (mixed >>> 27)) * 0xff51afd7ed558ccdL;
    return mixed ^ (mixed >>> 31);
  }
}
