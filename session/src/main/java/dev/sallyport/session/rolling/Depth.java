package dev.sallyport.session.rolling;

/**
 * How many of the most recent secrets one side keeps (N). Interruptions need only the newest two; the rest covers storage
 * that was restored, by up to N-1 rolls. Both sides may differ.
 *
 * @param secrets from {@link #LEAST} to {@link #MOST}
 */
public record Depth(int secrets) {
  public static final int LEAST = 1;
  public static final int MOST = 8;
  /** Four, unless configured otherwise. */
  public static final Depth DEFAULT = new Depth(4);

  public Depth {
    if (secrets < LEAST || secrets > MOST) {
      throw new IllegalArgumentException("between " + LEAST + " and " + MOST + " secrets are kept, not " + secrets);
    }
  }
}
