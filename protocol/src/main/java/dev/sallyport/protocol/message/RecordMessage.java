package dev.sallyport.protocol.message;

import java.nio.ByteBuffer;
import java.util.Arrays;

import dev.sallyport.protocol.ProtocolException;

/**
 * A sealed record: {@code kind(1) ‖ cid(8) ‖ seq(8) ‖ ciphertext}. The bytes between kind and ciphertext are the
 * associated data of the seal, so neither can be changed unnoticed. Sessions read and write the layout in place by the
 * offsets given here; the record type serves everybody who only looks at a message.
 *
 * @param cid        which session, as the handshake named it
 * @param sequence   the record's number in its direction, from 0; below 2^48
 * @param ciphertext {@value #MIN_CIPHERTEXT_BYTES} to {@value #MAX_CIPHERTEXT_BYTES} bytes, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record RecordMessage(long cid, long sequence, byte[] ciphertext) implements TransportMessage {
  /** Where the session's name stands, in bytes from the start of the message. */
  public static final int CID_OFFSET = 1;
  /** Where the record's number stands. */
  public static final int SEQUENCE_OFFSET = 9;
  /** Where the ciphertext begins: kind(1), cid(8) and seq(8) come first. */
  public static final int HEADER_BYTES = 17;
  /** The Poly1305 tag at the end of the ciphertext. */
  public static final int TAG_BYTES = 16;
  /** The largest plaintext, in bytes: a Noise message of 65,535 without its tag (Noise rev. 34, section 3). */
  public static final int MAX_PLAINTEXT_BYTES = 65_519;
  /** A record holds at least one frame of 8 bytes. */
  public static final int MIN_CIPHERTEXT_BYTES = 8 + TAG_BYTES;
  /** The largest ciphertext, tag included. */
  public static final int MAX_CIPHERTEXT_BYTES = MAX_PLAINTEXT_BYTES + TAG_BYTES;

  /** Refuses a ciphertext that no record has. */
  public RecordMessage {
    if (ciphertext.length < MIN_CIPHERTEXT_BYTES || ciphertext.length > MAX_CIPHERTEXT_BYTES) {
      throw new IllegalArgumentException(lengthError(ciphertext.length));
    }
  }

  @Override
  public MessageKind kind() {
    return MessageKind.RECORD;
  }

  @Override
  public byte[] bytes() {
    return ByteBuffer.allocate(HEADER_BYTES + ciphertext.length).put(kind().code()).putLong(cid).putLong(sequence).put(
        ciphertext).array();
  }

  /** Refuses bytes that cannot be a record, without looking into the ciphertext. */
  public static void requireRecord(byte[] message) {
    if (MessageKind.of(message) != MessageKind.RECORD) {
      throw new ProtocolException("a RECORD was expected, not " + MessageKind.of(message));
    }
    int ciphertext = message.length - HEADER_BYTES;
    if (ciphertext < MIN_CIPHERTEXT_BYTES || ciphertext > MAX_CIPHERTEXT_BYTES) {
      throw new ProtocolException(lengthError(ciphertext));
    }
  }

  static RecordMessage decode(byte[] message) {
    requireRecord(message);
    ByteBuffer in = ByteBuffer.wrap(message, CID_OFFSET, HEADER_BYTES - CID_OFFSET);
    return new RecordMessage(in.getLong(), in.getLong(), Arrays.copyOfRange(message, HEADER_BYTES, message.length));
  }

  private static String lengthError(int bytes) {
    return "a RECORD has " + MIN_CIPHERTEXT_BYTES + " to " + MAX_CIPHERTEXT_BYTES + " ciphertext bytes, not " + bytes;
  }
}
