package dev.sallyport.server.schedule;

/** A schedule is otherwise than it was when it began to fire: nothing is stored, and it is looked at again. */
final class ChangedMeanwhile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ChangedMeanwhile() {
    super("the schedule was changed meanwhile");
  }
}
