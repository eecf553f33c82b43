package dev.sallyport.audit;

import java.io.IOException;

/** A log is not what it was when it was last signed. */
public final class LogDamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** @param message what is wrong, as a sentence about the log */
  LogDamagedException(String message) {
    super(message);
  }
}
