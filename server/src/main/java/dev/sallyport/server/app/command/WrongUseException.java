package dev.sallyport.server.app.command;

/** The command line cannot be followed; the message says why and what to write. */
final class WrongUseException extends Exception {
  private static final long serialVersionUID = 1L;

  WrongUseException(String message) {
    super(message);
  }
}
