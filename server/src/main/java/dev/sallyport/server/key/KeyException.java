package dev.sallyport.server.key;

/** A key file cannot be used. The message names it and says what to do; it never holds a key. */
public final class KeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyException(String message) {
    super(message);
  }

  KeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
