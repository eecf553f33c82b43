package dev.sallyport.transport.ftp.exchange;

import java.io.IOException;

/** The place said no, and will say so again as things stand. */
public final class DepotRefusal extends IOException {
  private static final long serialVersionUID = 1L;

  /** In the place's own words. */
  public DepotRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}
