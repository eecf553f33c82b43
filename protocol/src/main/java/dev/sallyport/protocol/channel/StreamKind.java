package dev.sallyport.protocol.channel;

import dev.sallyport.protocol.ProtocolException;

/** What a stream is for; the kind stands in its OPEN frame. */
public enum StreamKind {
  /** One operation; the server opens it with {@link OpenMetadata}. */
  OPERATION(1),

  /** {@link ControlMessage}s; the agent opens exactly one, right after ROLLED, without metadata. */
  CONTROL(2);

  private final int code;

  StreamKind(int code) {
    this.code = code;
  }

  /** Returns the number on the wire. */
  public int code() {
    return code;
  }

  /**
   * Returns the kind with this number.
   *
   * @throws ProtocolException if there is none
   */
  public static StreamKind ofCode(int code) {
    return switch (code) {
      case 1 -> OPERATION;
      case 2 -> CONTROL;
      default -> throw new ProtocolException("stream kind: expected 1 or 2, found " + code);
    };
  }
}
