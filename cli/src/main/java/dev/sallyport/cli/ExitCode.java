package dev.sallyport.cli;

/** What the command's exit status says; numbers from sysexits(3) where one fits. For one machine {@code run} passes on the remote status. */
public final class ExitCode {
  public static final int OK = 0;
  /** Something ran and did not succeed: on many machines at least one failed. */
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  /** The directive itself did not run to its end: refused, expired, unsupported, cancelled, unknown. */
  public static final int NOT_RUN = 125;
  /** The server could not be reached, or broke off. */
  public static final int UNAVAILABLE = 69;
  /** A fault of ours, on either end. */
  public static final int INTERNAL = 70;
  /** Not logged in, or not allowed. */
  public static final int NOT_PERMITTED = 77;
  /** Ended by Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {
  }
}
