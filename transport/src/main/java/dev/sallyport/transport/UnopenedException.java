package dev.sallyport.transport;

import java.io.IOException;

/** No connection to a door came about at all on this route, so that no other binding need try it now. */
public final class UnopenedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** @param message what failed, why, and what to do */
  public UnopenedException(String message, IOException cause) {
    super(message, cause);
  }
}
