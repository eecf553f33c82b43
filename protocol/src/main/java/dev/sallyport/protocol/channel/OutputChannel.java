package dev.sallyport.protocol.channel;

import dev.sallyport.protocol.ProtocolException;

/** What the bytes of a DATA frame from the agent are; the number is the first byte of its body. */
public enum OutputChannel {
  /** A piece of the result as JSON; the last piece ends the stream. */
  RESULT(0),

  /** Standard output. */
  STDOUT(1),

  /** Standard error. */
  STDERR(2);

  private final byte code;

  OutputChannel(int code) {
    this.code = (byte) code;
  }

  /** Returns the number on the wire. */
  public byte code() {
    return code;
  }

  /**
   * Returns the channel with this number.
   *
   * @throws ProtocolException if there is none
   */
  public static OutputChannel ofCode(int code) {
    return switch (code) {
      case 0 -> RESULT;
      case 1 -> STDOUT;
      case 2 -> STDERR;
      default -> throw new ProtocolException("output channel: expected 0, 1 or 2, found " + code);
    };
  }
}
