package dev.sallyport.protocol.message;

import java.util.Arrays;

import dev.sallyport.protocol.ProtocolException;

/** Cuts a message into kind byte and body, and glues it again. */
final class MessageBody {
  private MessageBody() {
  }

  /** The body of a message whose length is fixed. */
  static byte[] exactly(byte[] message, int bytes) {
    if (message.length != 1 + bytes) {
      throw new ProtocolException(MessageKind.of(message) + " has " + bytes + " body bytes, not " + (message.length
          - 1));
    }
    return Arrays.copyOfRange(message, 1, message.length);
  }

  /** Kind byte and body as one message. */
  static byte[] message(MessageKind kind, byte[] body) {
    byte[] message = new byte[1 + body.length];
    message[0] = kind.code();
    System.arraycopy(body, 0, message, 1, body.length);
    return message;
  }

  /** Refuses a body of another length; the programmer's mistake, not the peer's. */
  static void requireLength(byte[] body, int bytes) {
    if (body.length != bytes) {
      throw new IllegalArgumentException("the body has " + bytes + " bytes, not " + body.length);
    }
  }
}
