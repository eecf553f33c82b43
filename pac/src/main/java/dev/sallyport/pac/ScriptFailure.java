package dev.sallyport.pac;

/** A script is wrong, or took too much; the message says which in one clause. */
final class ScriptFailure extends Exception {
  private static final long serialVersionUID = 1L;

  ScriptFailure(String message, Throwable cause) {
    super(message, cause);
  }

  ScriptFailure(String message) {
    super(message);
  }
}
