package dev.sallyport.server.store;

/** A sealed value does not open: changed, moved from another place, or sealed under a key that this server lacks. */
public final class SealBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** @param message which place, why, and what to do; never the value */
  public SealBrokenException(String message) {
    super(message);
  }
}
