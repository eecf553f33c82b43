package dev.sallyport.agent;

/** A command cannot be carried out; the message says what failed, why, and what to do. */
public final class AgentFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public AgentFailure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public AgentFailure(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
