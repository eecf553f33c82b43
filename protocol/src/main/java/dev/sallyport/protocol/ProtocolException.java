package dev.sallyport.protocol;

/** Bytes or text from the other side that the protocol does not allow; the message names the field and the limit. */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }

  public ProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
