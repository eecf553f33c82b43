package dev.sallyport.server.app;

/** The server cannot start; the message says what failed, why, and what to do. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
