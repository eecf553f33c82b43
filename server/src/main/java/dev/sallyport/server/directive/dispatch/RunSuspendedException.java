package dev.sallyport.server.directive.dispatch;

/** The run cannot go on now (link lost, server stopping); it stays open in the database and is carried again later. */
final class RunSuspendedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunSuspendedException(String why) {
    super(why);
  }

  RunSuspendedException(String why, Throwable cause) {
    super(why, cause);
  }
}
