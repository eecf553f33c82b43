package dev.sallyport.agent.execute;

/**
 * How much at once.
 *
 * @param changing operations that may change something, running at once, 1 to {@link #MOST}
 * @param reading operations that only look, running at once; slow changes never keep a look waiting
 * @param queued operations waiting for their turn; beyond it they are refused
 */
public record ExecutorLimits(int changing, int reading, int queued) {
  /** The most that can be configured to run at once. */
  public static final int MOST = 1000;

  /** 64 changes and 16 looks at once, 1,000 waiting. */
  public static final ExecutorLimits DEFAULT = new ExecutorLimits(64, 16, 1000);

  public ExecutorLimits {
    if (changing < 1 || changing > MOST || reading < 1 || reading > MOST || queued < 0) {
      throw new IllegalArgumentException("between 1 and " + MOST + " operations run at once, not " + changing);
    }
  }

  public ExecutorLimits withChanging(int newChanging) {
    return new ExecutorLimits(newChanging, reading, queued);
  }
}
