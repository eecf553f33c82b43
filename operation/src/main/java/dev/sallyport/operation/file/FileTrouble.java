package dev.sallyport.operation.file;

import java.io.IOException;

/** An operation on files cannot be done; the message says to people why and what to do. */
final class FileTrouble extends IOException {
  private static final long serialVersionUID = 1L;

  FileTrouble(String message) {
    super(message);
  }
}
