package dev.sallyport.cli.config;

/** No server and token are known; the message says how to log in. */
public final class NotLoggedInException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotLoggedInException(String message) {
    super(message);
  }
}
