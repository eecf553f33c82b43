package dev.sallyport.session.record;

import module java.base;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

import dev.sallyport.protocol.message.RecordMessage;

/**
 * The one place that calls the JDK's ChaCha20-Poly1305. Cipher objects are shared: {@link #IDLE} keeps as many as there
 * can be threads at work, further ones are made and dropped. A pooled cipher remembers the key it served last until it
 * serves the next; the key's own array is wiped by its session.
 */
final class RecordCipher {
  private static final String TRANSFORMATION = "ChaCha20-Poly1305";
  private static final int NONCE_BYTES = 12;
  private static final int COUNTER_OFFSET = 4;
  /** The nonce that no record may use: Noise keeps it for REKEY. */
  private static final long REKEY_COUNTER = -1L;
  /** Sealing and opening at once on every processor. */
  private static final int MAX_IDLE = 2 * Runtime.getRuntime().availableProcessors();
  private static final ArrayBlockingQueue<Cipher> IDLE = new ArrayBlockingQueue<>(MAX_IDLE);
  private static final VarHandle LITTLE_ENDIAN = MethodHandles.byteArrayViewVarHandle(long[].class,
      ByteOrder.LITTLE_ENDIAN);

  private RecordCipher() {
  }

  /** Encrypts the message's plaintext where it stands and writes the tag behind it; the header must be complete. */
  static void seal(RecordKey key, long sequence, byte[] message) {
    try {
      int plain = message.length - RecordMessage.HEADER_BYTES - RecordMessage.TAG_BYTES;
      apply(Cipher.ENCRYPT_MODE, key, sequence, message, plain);
    } catch (AEADBadTagException e) {
      throw new IllegalStateException("encryption never checks a tag", e);
    }
  }

  /**
   * Decrypts the message's ciphertext where it stands, if it is authentic.
   *
   * @throws AEADBadTagException if it is not; the message is then unchanged
   */
  static void open(RecordKey key, long sequence, byte[] message) throws AEADBadTagException {
    apply(Cipher.DECRYPT_MODE, key, sequence, message, message.length - RecordMessage.HEADER_BYTES);
  }

  /**
   * The 48 bytes that {@link RecordKey#rekey} takes its next key from. With a cipher of its own: both ends of a session do
   * this with the same key and nonce, and if they live in one process a shared cipher would refuse the second as a repeat.
   */
  static byte[] encryptZeros(RecordKey key) {
    try {
      Cipher cipher = Cipher.getInstance(TRANSFORMATION);
      cipher.init(Cipher.ENCRYPT_MODE, key, nonce(REKEY_COUNTER));
      return cipher.doFinal(new byte[RecordKey.BYTES]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(TRANSFORMATION + " failed", e);
    }
  }

  private static void apply(int mode, RecordKey key, long sequence, byte[] message, int length)
      throws AEADBadTagException {
    Cipher cipher = borrow();
    try {
      cipher.init(mode, key, nonce(sequence));
      cipher.updateAAD(message, RecordMessage.CID_OFFSET, RecordMessage.HEADER_BYTES - RecordMessage.CID_OFFSET);
      cipher.doFinal(message, RecordMessage.HEADER_BYTES, length, message, RecordMessage.HEADER_BYTES);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(TRANSFORMATION + " failed", e);
    } finally {
      IDLE.offer(cipher);
    }
  }

  private static IvParameterSpec nonce(long counter) {
    byte[] nonce = new byte[NONCE_BYTES];
    LITTLE_ENDIAN.set(nonce, COUNTER_OFFSET, counter);
    return new IvParameterSpec(nonce);
  }

  private static Cipher borrow() {
    Cipher idle = IDLE.poll();
    if (idle != null) {
      return idle;
    }
    try {
      return Cipher.getInstance(TRANSFORMATION);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + TRANSFORMATION, e);
    }
  }
}
