package dev.sallyport.server.web;

/** Ends a request with a {@link Problem}; thrown by any feature, turned into problem+json in one place. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** @param problem what the caller will read */
  public ProblemException(Problem problem) {
    super(problem.code() + ": " + problem.detail());
    this.problem = problem;
  }

  /** What the caller will read. */
  public Problem problem() {
    return problem;
  }
}
