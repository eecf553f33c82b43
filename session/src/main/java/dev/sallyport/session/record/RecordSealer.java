package dev.sallyport.session.record;

import module java.base;

import dev.sallyport.protocol.message.MessageKind;
import dev.sallyport.protocol.message.RecordMessage;

/**
 * One direction's sending half: numbers and encrypts records. A number is used up before anything is encrypted with it,
 * so no failure can make a nonce serve twice. Not safe for use by two threads at once.
 */
public final class RecordSealer implements AutoCloseable {
  /** No record has this number or a larger one: a rehandshake comes long before. */
  public static final long MAX_SEQUENCE = 1L << 48;

  private static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final RecordKey key;
  private final long cid;
  private long sequence;
  private long rekeyedAt;
  private boolean closed;

  /**
   * Starts at record 0.
   *
   * @param key 32 bytes, copied
   * @param cid 8 bytes, copied
   */
  public RecordSealer(byte[] key, byte[] cid) {
    this(new RecordKey(key), cid, 0);
  }

  RecordSealer(RecordKey key, byte[] cid, long sequence) {
    this.key = key;
    this.cid = (long) BIG_ENDIAN.get(cid, 0);
    this.sequence = sequence;
  }

  /** An array for {@link #seal} with room for a plaintext of the given size at {@link RecordMessage#HEADER_BYTES}. */
  public static byte[] newMessage(int plaintextBytes) {
    return new byte[RecordMessage.HEADER_BYTES + plaintextBytes + RecordMessage.TAG_BYTES];
  }

  /**
   * Makes the array a record message: writes the header, encrypts the plaintext in place, adds the tag.
   *
   * @param message from {@link #newMessage}, the plaintext filled in
   * @throws IllegalStateException if the sealer is closed or 2^48 records are sealed
   */
  public void seal(byte[] message) {
    if (closed || sequence >= MAX_SEQUENCE) {
      throw new IllegalStateException(closed ? "the sealer is closed" : "the key is worn out; rehandshake");
    }
    long number = sequence++;
    message[0] = MessageKind.RECORD.code();
    BIG_ENDIAN.set(message, RecordMessage.CID_OFFSET, cid);
    BIG_ENDIAN.set(message, RecordMessage.SEQUENCE_OFFSET, number);
    RecordCipher.seal(key, number, message);
  }

  /** Replaces the key by its Noise REKEY; the numbering goes on. */
  public void rekey() {
    key.rekey();
    rekeyedAt = sequence;
  }

  /** The number of the next record, which is how many were sealed. */
  public long nextSequence() {
    return sequence;
  }

  /** Records sealed under the present key. */
  public long recordsUnderKey() {
    return sequence - rekeyedAt;
  }

  /** Wipes the key; nothing is sealed any more. */
  @Override
  public void close() {
    closed = true;
    key.wipe();
  }
}
