package dev.sallyport.server.file;

import java.io.IOException;

/** Somebody else goes on with this file at the moment. */
public final class PartBusyException extends IOException {
  private static final long serialVersionUID = 1L;

  PartBusyException() {
    super("another request sends this file at the moment; wait until it has ended, half a minute at most");
  }
}
