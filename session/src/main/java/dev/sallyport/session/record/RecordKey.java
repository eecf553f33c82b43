package dev.sallyport.session.record;

import module java.base;

import javax.crypto.SecretKey;

/**
 * One direction's key: 32 bytes in one array that is replaced in place and wiped at the end. {@code SecretKeySpec} would
 * leave a copy to the garbage collector at every record. Guarded by whoever owns the sealer or opener.
 */
final class RecordKey implements SecretKey {
  static final int BYTES = 32;

  private static final long serialVersionUID = 1L;

  private final transient byte[] bytes;

  RecordKey(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("a record key has " + BYTES + " bytes, not " + key.length);
    }
    bytes = key.clone();
  }

  /** Noise rev. 34 §4.2: the new key is the start of 32 zeros encrypted under the old key and the last nonce. */
  void rekey() {
    byte[] next = RecordCipher.encryptZeros(this);
    System.arraycopy(next, 0, bytes, 0, BYTES);
    Arrays.fill(next, (byte) 0);
  }

  void wipe() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String getAlgorithm() {
    return "ChaCha20";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  /** A copy, as the cipher expects; it wipes what it has asked for. */
  @Override
  public byte[] getEncoded() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "record key";
  }
}
