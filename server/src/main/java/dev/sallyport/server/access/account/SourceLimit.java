package dev.sallyport.server.access.account;

import java.time.Duration;
import java.time.InstantSource;

import dev.sallyport.server.web.Category;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;

/** How often one source may be wrong about a one-time token. */
public final class SourceLimit {
  /** Wrong tokens of one source within {@link LoginThrottle#WINDOW}. */
  static final int WRONG_PER_SOURCE = 20;

  private final AttemptLimit wrong;

  public SourceLimit(InstantSource clock) {
    this.wrong = new AttemptLimit(WRONG_PER_SOURCE, LoginThrottle.WINDOW, clock);
  }

  /**
   * Counts an attempt as wrong until it is taken back.
   *
   * @throws ProblemException 429 if there were too many
   */
  public void begin(String source) {
    Duration wait = wrong.begin(source);
    if (!wait.isZero()) {
      throw new ProblemException(new Problem(429, "too-many-attempts", Category.USER, "The token was wrong too often.",
          "", "Wait " + wait.plusMinutes(1).toMinutes() + " minutes."), wait);
    }
  }

  /** The token was right. */
  public void takeBack(String source) {
    wrong.takeBack(source);
  }
}
