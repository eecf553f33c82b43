package dev.sallyport.server.store;

/** The store cannot do its work now (disk full, database gone, overload): what was asked is not stored. Says what to do. */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** @param message what failed, why, and what to do; shown to operators and written to the log */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /** As above, with what the database said. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
