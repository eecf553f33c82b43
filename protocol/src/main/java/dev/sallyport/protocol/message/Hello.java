package dev.sallyport.protocol.message;

/**
 * The agent's first message: {@code header1(24)} and Noise message 1. Opaque here; the handshake reads it.
 *
 * @param body exactly {@value #BODY_BYTES} bytes, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record Hello(byte[] body) implements TransportMessage {
  /** header1(24) ‖ e(32) ‖ e1(1200) ‖ s(48) ‖ payload1(272). */
  public static final int BODY_BYTES = 1576;

  /** Refuses any other length. */
  public Hello {
    MessageBody.requireLength(body, BODY_BYTES);
  }

  @Override
  public MessageKind kind() {
    return MessageKind.HELLO;
  }

  @Override
  public byte[] bytes() {
    return MessageBody.message(kind(), body);
  }
}
