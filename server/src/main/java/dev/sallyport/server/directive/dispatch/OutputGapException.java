package dev.sallyport.server.directive.dispatch;

/** A machine sent output from a later place than it had come to: bytes between are missing, and the log cannot be trusted. */
final class OutputGapException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputGapException(long expected, long found) {
    super("expected output from byte " + expected + ", found byte " + found);
  }
}
