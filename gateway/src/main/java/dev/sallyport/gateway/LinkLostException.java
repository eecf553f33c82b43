package dev.sallyport.gateway;

/** The link, or the stream of one call, ended before the result was here. Asking again on the next link loses nothing. */
public final class LinkLostException extends Exception {
  private static final long serialVersionUID = 1L;

  /** @param message says which link and why */
  public LinkLostException(String message) {
    super(message);
  }

  /** @param message says which link and why */
  public LinkLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
