package dev.sallyport.server.web;

import java.time.Duration;

/** Ends a request with a {@link Problem}; thrown by any feature, turned into problem+json in one place. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final Duration retryAfter;

  /** @param problem what the caller will read */
  public ProblemException(Problem problem) {
    this(problem, Duration.ZERO);
  }

  /** @param retryAfter when repeating the request may help, told in a header; zero for no hint */
  public ProblemException(Problem problem, Duration retryAfter) {
    super(problem.code() + ": " + problem.detail());
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** What the caller will read. */
  public Problem problem() {
    return problem;
  }

  /** When repeating the request may help; zero for no hint. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
