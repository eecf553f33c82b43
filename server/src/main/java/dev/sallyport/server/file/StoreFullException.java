package dev.sallyport.server.file;

import java.io.IOException;

/** There is no room for more of a file; the message tells people which limit is reached and what to do. */
public final class StoreFullException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreFullException(String message) {
    super(message);
  }
}
