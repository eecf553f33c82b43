package dev.sallyport.server.access;

import java.time.InstantSource;

import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;

/**
 * The one place that answers "may this operator do that, there and now?"; API, CLI, schedules, procedures and libraries all pass it. It
 * answers from memory.
 */
public final class Gate {
  private final Places places;
  private final InstantSource clock;

  public Gate(Places places, InstantSource clock) {
    this.places = places;
    this.clock = clock;
  }

  /** Whether the operator holds the class for anything now. */
  public boolean may(Operator operator, ActionClass actionClass) {
    return operator.rights().may(actionClass, clock.instant());
  }

  /** Whether the operator holds the class for everything now, what belongs to no machine included. */
  public boolean mayEverywhere(Operator operator, ActionClass actionClass) {
    return operator.rights().mayEverywhere(actionClass, clock.instant());
  }

  /** Whether the operator holds the class for this machine now. */
  public boolean may(Operator operator, ActionClass actionClass, String machine) {
    return may(operator.rights(), actionClass, machine);
  }

  /** Whether such rights hold the class for this machine now. */
  public boolean may(Rights rights, ActionClass actionClass, String machine) {
    return rights.mayEverywhere(actionClass, clock.instant())
        || places.of(machine).filter(place -> rights.may(actionClass, place, clock.instant())).isPresent();
  }

  /**
   * Returns if the operator holds the class for anything; what follows must ask again for each machine.
   *
   * @throws ProblemException 403 {@code forbidden} otherwise
   */
  public void check(Operator operator, ActionClass actionClass) {
    if (!may(operator, actionClass)) {
      throw new ProblemException(Problem.forbidden("The role " + operator.role().word() + " does not hold '"
          + actionClass.word() + "'.", "Ask an owner for a role that does."));
    }
  }

  /**
   * Returns if the operator holds the class for everything.
   *
   * @throws ProblemException 403 {@code forbidden} otherwise
   */
  public void checkEverywhere(Operator operator, ActionClass actionClass) {
    check(operator, actionClass);
    if (!mayEverywhere(operator, actionClass)) {
      throw new ProblemException(
          Problem.forbidden("This needs '" + actionClass.word() + "' for all machines, and you hold it for some.",
              "Ask somebody who holds it for all of them."));
    }
  }

  /**
   * Returns if the operator holds the class for this machine, of which it may know.
   *
   * @throws ProblemException 403 {@code forbidden} otherwise
   */
  public void check(Operator operator, ActionClass actionClass, String machine) {
    if (!may(operator, actionClass, machine)) {
      check(operator, actionClass);
      throw new ProblemException(
          Problem.forbidden("You do not hold '" + actionClass.word() + "' for this machine at this time.",
              "Ask an owner for a grant that does."));
    }
  }

  /** What the operator may see. */
  public Sight sight(Operator operator) {
    return new Sight() {
      @Override
      public boolean whole() {
        return mayEverywhere(operator, ActionClass.READ);
      }

      @Override
      public boolean sees(String machine) {
        return may(operator, ActionClass.READ, machine);
      }
    };
  }
}
