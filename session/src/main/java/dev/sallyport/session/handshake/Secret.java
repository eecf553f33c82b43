package dev.sallyport.session.handshake;

import module java.base;

/**
 * One rolling secret: 32 bytes that agent and server share for the length of an epoch. It never shows its bytes in text,
 * and compares them in constant time.
 */
public final class Secret {
  /** Bytes of a secret. */
  public static final int BYTES = 32;

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Copies 32 bytes.
   *
   * @throws IllegalArgumentException if they are not 32 bytes
   */
  public static Secret of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a rolling secret has " + BYTES + " bytes, not " + bytes.length);
    }
    return new Secret(bytes.clone());
  }

  /** Takes over 32 bytes that nobody else holds. */
  static Secret taking(byte[] bytes) {
    return new Secret(bytes);
  }

  /** A copy of the bytes; the caller wipes it. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Overwrites the bytes with zeros, when nothing refers to this secret any more. */
  public void wipe() {
    Arrays.fill(bytes, (byte) 0);
  }

  /** The bytes themselves, for deriving from. */
  byte[] raw() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes));
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes).getInt(BYTES - Integer.BYTES);
  }

  @Override
  public String toString() {
    return "Secret";
  }
}
