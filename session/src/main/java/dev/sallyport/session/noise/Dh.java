package dev.sallyport.session.noise;

/**
 * The Diffie-Hellman function of the handshake over raw X25519 keys of 32 bytes (RFC 7748). Implementations are free of
 * state and safe for use by many threads; a faster one than the JDK's may be put in its place.
 */
public interface Dh {

  /** Bytes of a private key, a public key and a shared secret. */
  int KEY_BYTES = 32;

  /** Derives the public key of a private one. */
  byte[] publicKey(byte[] privateKey);

  /**
   * Computes the shared secret; the caller wipes it.
   *
   * @throws dev.sallyport.protocol.ProtocolException if the public key is of low order, so that the result would be
   *     known to everybody
   */
  byte[] agree(byte[] privateKey, byte[] publicKey);

  /** The JDK's own implementation. */
  static Dh jdk() {
    return JdkX25519.INSTANCE;
  }
}
