package dev.sallyport.server.backup.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** The arithmetic of the format; every array returned is the caller's to wipe. */
final class AgeKeys {
  static final int FILE_KEY_BYTES = 16;
  static final int KEY_BYTES = 32;
  static final int X25519_BYTES = 32;
  static final int TAG_BYTES = 16;
  static final int NONCE_BYTES = 12;
  static final int SALT_BYTES = 16;

  private static final String X25519_INFO = "age-encryption.org/v1/X25519";
  private static final String SCRYPT_LABEL = "age-encryption.org/v1/scrypt";
  private static final int SCRYPT_BLOCK = 8;

  private AgeKeys() {
  }

  static byte[] hkdf(byte[] secret, byte[] salt, String info) {
    try {
      var spec = HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(salt)
          .thenExpand(info.getBytes(StandardCharsets.US_ASCII), KEY_BYTES);
      return KDF.getInstance("HKDF-SHA256").deriveData(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA256 is missing or unwell", e);
    }
  }

  static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is missing or unwell", e);
    }
  }

  /** ChaCha20-Poly1305 (RFC 8439). */
  static Cipher cipher(int mode, byte[] key, byte[] nonce) {
    try {
      Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
      cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("ChaCha20-Poly1305 is missing or unwell", e);
    }
  }

  /** The public half of a private key. */
  static byte[] publicKey(byte[] privateKey) {
    byte[] key = new byte[X25519_BYTES];
    X25519.scalarMultBase(privateKey, 0, key, 0);
    return key;
  }

  /**
   * What wraps the file key for a public key.
   *
   * @param own the private half of whoever computes
   * @param other the public half of the other
   * @throws AgeException if the other half is of small order, which no honest one is
   */
  static byte[] wrapX25519(byte[] own, byte[] other, byte[] ephemeral, byte[] recipient) throws AgeException {
    byte[] shared = new byte[X25519_BYTES];
    try {
      if (!X25519.calculateAgreement(own, 0, other, 0, shared, 0)) {
        throw new AgeException("the file's public value is of small order");
      }
      byte[] salt = Arrays.copyOf(ephemeral, 2 * X25519_BYTES);
      System.arraycopy(recipient, 0, salt, X25519_BYTES, X25519_BYTES);
      return hkdf(shared, salt, X25519_INFO);
    } finally {
      Arrays.fill(shared, (byte) 0);
    }
  }

  /** What wraps the file key for a passphrase; takes 2^{@code logN} KiB of memory. */
  static byte[] wrapScrypt(byte[] passphrase, byte[] salt, int logN) {
    byte[] label = SCRYPT_LABEL.getBytes(StandardCharsets.US_ASCII);
    byte[] labelled = Arrays.copyOf(label, label.length + salt.length);
    System.arraycopy(salt, 0, labelled, label.length, salt.length);
    return SCrypt.generate(passphrase, labelled, 1 << logN, SCRYPT_BLOCK, 1, KEY_BYTES);
  }
}
