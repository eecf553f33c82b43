package dev.sallyport.session.noise;

import module java.base;

/**
 * An X25519 key pair that names its owner for as long as he keeps it. Closing wipes the private half; handshakes begun
 * before keep working only until they need it again.
 */
public final class StaticKeyPair implements AutoCloseable {
  private final byte[] privateKey;
  private final byte[] publicKey;

  private StaticKeyPair(byte[] privateKey) {
    this.privateKey = privateKey;
    this.publicKey = Dh.jdk().publicKey(privateKey);
  }

  /** Makes a new pair. */
  public static StaticKeyPair generate(RandomSource random) {
    byte[] privateKey = new byte[Dh.KEY_BYTES];
    random.fill(privateKey);
    return new StaticKeyPair(privateKey);
  }

  /**
   * Restores a pair from the 32 bytes of its private half, which are copied.
   *
   * @throws IllegalArgumentException if they are not 32 bytes
   */
  public static StaticKeyPair of(byte[] privateKey) {
    if (privateKey.length != Dh.KEY_BYTES) {
      throw new IllegalArgumentException("an X25519 private key has 32 bytes, not " + privateKey.length);
    }
    return new StaticKeyPair(privateKey.clone());
  }

  /** A copy of the 32 bytes of the public half. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** A copy of the 32 bytes of the private half, for storing; the caller wipes it. */
  public byte[] privateKey() {
    return privateKey.clone();
  }

  /** The private half itself, for computing without another copy. */
  byte[] secret() {
    return privateKey;
  }

  @Override
  public void close() {
    Arrays.fill(privateKey, (byte) 0);
  }

  @Override
  public String toString() {
    return "StaticKeyPair[" + HexFormat.of().formatHex(publicKey) + "]";
  }
}
