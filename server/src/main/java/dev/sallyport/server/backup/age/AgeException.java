package dev.sallyport.server.backup.age;

import java.io.IOException;

/** The file is not encrypted as it should be, was changed or cut short, or the secret does not open it; the message is for people. */
public final class AgeException extends IOException {
  private static final long serialVersionUID = 1L;

  public AgeException(String message) {
    super(message);
  }

  public AgeException(String message, Throwable cause) {
    super(message, cause);
  }
}
