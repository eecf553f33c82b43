package dev.sallyport.session.noise;

import module java.base;

import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/** The authenticated ciphers of Noise (rev. 34 §12.3, §12.4), each with a 32-byte key and a 16-byte tag. */
public enum AeadAlgorithm {
  /** RFC 8439; the nonce is four zero bytes and the counter in little-endian order. */
  CHACHA_POLY("ChaChaPoly", "ChaCha20-Poly1305", "ChaCha20", ByteOrder.LITTLE_ENDIAN),
  /** AES-256 in GCM; the nonce is four zero bytes and the counter in big-endian order. */
  AES_GCM("AESGCM", "AES/GCM/NoPadding", "AES", ByteOrder.BIG_ENDIAN);

  static final int TAG_BYTES = 16;
  private static final int TAG_BITS = 8 * TAG_BYTES;
  private static final int NONCE_BYTES = 12;
  private static final int COUNTER_OFFSET = 4;

  private final String noiseName;
  private final String transformation;
  private final String keyAlgorithm;
  private final ByteOrder counterOrder;

  AeadAlgorithm(String noiseName, String transformation, String keyAlgorithm, ByteOrder counterOrder) {
    this.noiseName = noiseName;
    this.transformation = transformation;
    this.keyAlgorithm = keyAlgorithm;
    this.counterOrder = counterOrder;
  }

  String noiseName() {
    return noiseName;
  }

  String transformation() {
    return transformation;
  }

  String keyAlgorithm() {
    return keyAlgorithm;
  }

  AlgorithmParameterSpec parameters(long counter) {
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(nonce).order(counterOrder).putLong(COUNTER_OFFSET, counter);
    return switch (this) {
      case CHACHA_POLY -> new IvParameterSpec(nonce);
      case AES_GCM -> new GCMParameterSpec(TAG_BITS, nonce);
    };
  }
}
