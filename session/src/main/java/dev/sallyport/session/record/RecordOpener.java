package dev.sallyport.session.record;

import module java.base;

import javax.crypto.AEADBadTagException;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.message.RecordMessage;

/**
 * One direction's receiving half: takes records in order, each once, and only authentic ones. Whatever it refuses
 * changes nothing, so an attacker on the path can end a transport but never confuse a session. Dropping the first
 * records of a session shows as a gap, because numbering starts at 0 (Terrapin, CVE-2023-48795). Not safe for use by two
 * threads at once.
 */
public final class RecordOpener implements AutoCloseable {
  private static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final RecordKey key;
  private final long cid;
  private long expected;
  private long rejected;
  private boolean closed;

  /**
   * Expects record 0.
   *
   * @param key 32 bytes, copied
   * @param cid 8 bytes, copied
   */
  public RecordOpener(byte[] key, byte[] cid) {
    this(new RecordKey(key), cid, 0);
  }

  RecordOpener(RecordKey key, byte[] cid, long expected) {
    this.key = key;
    this.cid = (long) BIG_ENDIAN.get(cid, 0);
    this.expected = expected;
  }

  /** Whether the message names this opener's session; it must be a record ({@link RecordMessage#requireRecord}). */
  public boolean isFor(byte[] message) {
    return (long) BIG_ENDIAN.get(message, RecordMessage.CID_OFFSET) == cid;
  }

  /**
   * Decrypts a record where it stands: its plaintext is then at {@link #plaintext}.
   *
   * @return false if the record was seen before and is to be dropped
   * @throws ProtocolException if it is no record, of another session, after a gap, numbered 2^48 or more, or not
   *         authentic; the message and this opener are then unchanged but for the count of the rejected
   */
  public boolean open(byte[] message) {
    if (closed) {
      throw new IllegalStateException("the opener is closed");
    }
    RecordMessage.requireRecord(message);
    if (!isFor(message)) {
      throw refuse("a record of another session");
    }
    long number = (long) BIG_ENDIAN.get(message, RecordMessage.SEQUENCE_OFFSET);
    if (Long.compareUnsigned(number, expected) < 0) {
      return false;
    }
    if (number != expected || number >= RecordSealer.MAX_SEQUENCE) {
      throw refuse("record " + Long.toUnsignedString(number) + " came where " + expected + " was expected");
    }
    try {
      RecordCipher.open(key, number, message);
    } catch (AEADBadTagException e) {
      rejected++;
      throw new ProtocolException("record " + number + " is not authentic", e);
    }
    expected++;
    return true;
  }

  /** The plaintext of a message that {@link #open} has accepted: a view, not a copy. */
  public static ByteBuffer plaintext(byte[] message) {
    return ByteBuffer.wrap(message, RecordMessage.HEADER_BYTES, message.length - RecordMessage.HEADER_BYTES
        - RecordMessage.TAG_BYTES);
  }

  /** Replaces the key by its Noise REKEY; the numbering goes on. */
  public void rekey() {
    key.rekey();
  }

  /** The number of the record that is due, which is how many were accepted. */
  public long expected() {
    return expected;
  }

  /** How many messages were refused. */
  public long rejected() {
    return rejected;
  }

  /** Wipes the key; nothing is opened any more. */
  @Override
  public void close() {
    closed = true;
    key.wipe();
  }

  private ProtocolException refuse(String why) {
    rejected++;
    return new ProtocolException(why);
  }
}
