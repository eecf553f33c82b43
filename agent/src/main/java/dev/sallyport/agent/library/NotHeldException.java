package dev.sallyport.agent.library;

import java.io.IOException;

/** The library is not kept here; it can be sent. */
final class NotHeldException extends IOException {
  private static final long serialVersionUID = 1L;

  NotHeldException() {
    super("this library is not on this machine");
  }
}
