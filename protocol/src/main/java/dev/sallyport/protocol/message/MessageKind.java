package dev.sallyport.protocol.message;

import dev.sallyport.protocol.ProtocolException;

/** The first byte of a transport message. 0x03 and 0x04 are reserved for resuming a session on another transport. */
public enum MessageKind {
  HELLO(0x01), HELLO_REPLY(0x02), FAIL(0x05), RECORD(0x10);

  private final byte code;

  MessageKind(int code) {
    this.code = (byte) code;
  }

  /** The byte on the wire. */
  public byte code() {
    return code;
  }

  /** The kind of a message, from its first byte; a {@link ProtocolException} for an empty, oversized or unknown one. */
  public static MessageKind of(byte[] message) {
    if (message.length == 0 || message.length > TransportMessage.MAX_MESSAGE_BYTES) {
      throw new ProtocolException("a message has 1 to " + TransportMessage.MAX_MESSAGE_BYTES + " bytes, not "
          + message.length);
    }
    return switch (message[0]) {
      case 0x01 -> HELLO;
      case 0x02 -> HELLO_REPLY;
      case 0x05 -> FAIL;
      case 0x10 -> RECORD;
      default -> throw new ProtocolException("unknown message kind 0x" + Integer.toHexString(message[0] & 0xFF));
    };
  }
}
