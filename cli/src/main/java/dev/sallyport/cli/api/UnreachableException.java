package dev.sallyport.cli.api;

/** No usable answer came from the server; the message says what was tried, what happened and what to do. */
public final class UnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
