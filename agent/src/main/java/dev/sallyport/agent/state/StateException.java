package dev.sallyport.agent.state;

import java.io.IOException;

/** State that cannot be used; the message says which, why, and what a person can do about it. */
public final class StateException extends IOException {
  private static final long serialVersionUID = 1L;

  public StateException(String message) {
    super(message);
  }

  public StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
