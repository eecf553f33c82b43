package dev.sallyport.server.directive.dispatch;

/**
 * How many runs may be under way at once.
 *
 * @param perMachine runs on one machine, 1 to {@value #MAX_PER_MACHINE}
 * @param perServer runs in this server process, at least 1
 */
public record DispatchLimits(int perMachine, int perServer) {
  /** The upper end of what an operator may configure for one machine. */
  public static final int MAX_PER_MACHINE = 1_000;

  /** 64 runs on a machine; 4,096 in the process, about 50 MB of threads and buffers when all are busy. */
  public static final DispatchLimits DEFAULT = new DispatchLimits(64, 4_096);

  public DispatchLimits {
    if (perMachine < 1 || perMachine > MAX_PER_MACHINE) {
      throw new IllegalArgumentException("runs per machine must be 1 to " + MAX_PER_MACHINE + ", not " + perMachine);
    }
    if (perServer < 1) {
      throw new IllegalArgumentException("runs per server must be at least 1, not " + perServer);
    }
  }
}
