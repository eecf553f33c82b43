package dev.sallyport.server.backup.age;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Cipher;

/** Seals or opens a stream piece by piece (STREAM): each piece knows its place and whether it is the last, so none can be moved, dropped or cut off. */
final class Chunks {
  static final int CHUNK_BYTES = 64 << 10;
  static final int SALT_BYTES = 16;
  private static final String PAYLOAD_INFO = "payload";
  private static final int LAST = AgeKeys.NONCE_BYTES - 1;

  private final int mode;
  private final byte[] key;
  private final byte[] nonce = new byte[AgeKeys.NONCE_BYTES];
  private long count;

  /** @param mode {@link Cipher#ENCRYPT_MODE} or {@link Cipher#DECRYPT_MODE} */
  Chunks(int mode, byte[] fileKey, byte[] salt) {
    this.mode = mode;
    this.key = AgeKeys.hkdf(fileKey, salt, PAYLOAD_INFO);
  }

  /** The next piece, sealed or opened. */
  byte[] next(byte[] from, int length, boolean last) throws GeneralSecurityException {
    ByteBuffer.wrap(nonce).putLong(LAST - Long.BYTES, count++);
    nonce[LAST] = (byte) (last ? 1 : 0);
    return AgeKeys.cipher(mode, key, nonce).doFinal(from, 0, length);
  }

  /** Whether no piece came yet. */
  boolean atStart() {
    return count == 0;
  }

  void wipe() {
    Arrays.fill(key, (byte) 0);
  }
}
