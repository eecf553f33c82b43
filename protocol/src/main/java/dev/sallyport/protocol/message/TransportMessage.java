package dev.sallyport.protocol.message;

/**
 * One message of a transport: {@code kind(1) ‖ body}. Transports keep message boundaries (a WebSocket frame, a length
 * prefix, a file), so a message is always whole.
 */
public sealed interface TransportMessage permits Hello, HelloReply, Fail, RecordMessage {
  /** The largest message any transport carries, in bytes: a full record and some head-room. */
  int MAX_MESSAGE_BYTES = 66_000;

  /** The kind byte's meaning. */
  MessageKind kind();

  /** The message as it stands on the wire, kind byte first; a fresh array. */
  byte[] bytes();

  /** Reads one whole message; a {@code ProtocolException} names what is wrong with it. */
  static TransportMessage decode(byte[] message) {
    return switch (MessageKind.of(message)) {
      case HELLO -> new Hello(MessageBody.exactly(message, Hello.BODY_BYTES));
      case HELLO_REPLY -> new HelloReply(MessageBody.exactly(message, HelloReply.BODY_BYTES));
      case FAIL -> Fail.decode(MessageBody.exactly(message, Fail.BODY_BYTES));
      case RECORD -> RecordMessage.decode(message);
    };
  }
}
