package dev.sallyport.server.file;

import java.io.IOException;

/** What has come is not what was announced. */
public final class DigestException extends IOException {
  private static final long serialVersionUID = 1L;

  DigestException() {
    super("what arrived is not what was sent: its SHA-256 is another");
  }
}
