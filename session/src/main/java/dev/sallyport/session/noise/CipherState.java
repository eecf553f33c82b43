package dev.sallyport.session.noise;

import module java.base;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

import dev.sallyport.protocol.ProtocolException;

/**
 * A key with its message counter (Noise rev. 34 §5.1). Without a key it passes bytes through unchanged, as Noise asks
 * for the first fields of a handshake. Not safe for use by two threads at once.
 */
public final class CipherState implements AutoCloseable {
  static final int KEY_BYTES = 32;

  private final AeadAlgorithm algorithm;
  private final Cipher cipher;
  private final byte[] key = new byte[KEY_BYTES];
  private boolean keyed;
  private long counter;

  CipherState(AeadAlgorithm algorithm) {
    this.algorithm = algorithm;
    try {
      this.cipher = Cipher.getInstance(algorithm.transformation());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + algorithm.transformation(), e);
    }
  }

  /** Takes the first 32 bytes as the new key and starts counting at zero. */
  void initialize(byte[] newKey) {
    System.arraycopy(newKey, 0, key, 0, KEY_BYTES);
    keyed = true;
    counter = 0;
  }

  /** How many bytes encryption adds now: a tag once there is a key. */
  int overhead() {
    return keyed ? AeadAlgorithm.TAG_BYTES : 0;
  }

  /** Encrypts into {@code out} and returns the offset behind what was written. */
  public int encrypt(byte[] associated, byte[] plain, byte[] out, int offset) {
    if (!keyed) {
      System.arraycopy(plain, 0, out, offset, plain.length);
      return offset + plain.length;
    }
    try {
      begin(Cipher.ENCRYPT_MODE, associated);
      return offset + cipher.doFinal(plain, 0, plain.length, out, offset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encryption failed", e);
    }
  }

  /**
   * Decrypts {@code length} bytes.
   *
   * @throws ProtocolException if they were not made with this key, counter and associated data
   */
  public byte[] decrypt(byte[] associated, byte[] in, int offset, int length) {
    if (!keyed) {
      return Arrays.copyOfRange(in, offset, offset + length);
    }
    if (length < AeadAlgorithm.TAG_BYTES) {
      throw new ProtocolException("an encrypted field is shorter than its tag");
    }
    try {
      begin(Cipher.DECRYPT_MODE, associated);
      return cipher.doFinal(in, offset, length);
    } catch (AEADBadTagException e) {
      throw new ProtocolException("a message does not authenticate", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("decryption failed", e);
    }
  }

  private void begin(int mode, byte[] associated) throws GeneralSecurityException {
    cipher.init(mode, new RawKey(algorithm.keyAlgorithm(), key), algorithm.parameters(counter));
    counter++;
    cipher.updateAAD(associated);
  }

  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
    keyed = false;
  }
}
