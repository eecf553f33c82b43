package dev.sallyport.server.access;

import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;

/** The one place that answers "may this operator do that?"; API, CLI, schedules and libraries all pass it. */
public final class Gate {

  /**
   * Returns if the operator's role holds the class.
   *
   * @throws ProblemException 403 {@code forbidden} otherwise
   */
  public void check(Operator operator, ActionClass actionClass) {
    if (!operator.role().may(actionClass)) {
      throw new ProblemException(Problem.forbidden("The role " + operator.role().word() + " does not hold '"
          + actionClass.word() + "'.", "Ask an owner for a role that does."));
    }
  }
}
