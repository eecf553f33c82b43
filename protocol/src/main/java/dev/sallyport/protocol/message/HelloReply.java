package dev.sallyport.protocol.message;

/**
 * The server's answer to a {@link Hello}: {@code header2(8)} and Noise message 2. Opaque here; the handshake reads it.
 *
 * @param body exactly {@value #BODY_BYTES} bytes, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record HelloReply(byte[] body) implements TransportMessage {
  /** header2(8) ‖ e(32) ‖ ekem1(1104) ‖ payload2(144). */
  public static final int BODY_BYTES = 1288;

  /** Refuses any other length. */
  public HelloReply {
    MessageBody.requireLength(body, BODY_BYTES);
  }

  @Override
  public MessageKind kind() {
    return MessageKind.HELLO_REPLY;
  }

  @Override
  public byte[] bytes() {
    return MessageBody.message(kind(), body);
  }
}
