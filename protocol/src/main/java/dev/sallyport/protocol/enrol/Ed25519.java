package dev.sallyport.protocol.enrol;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;

/**
 * Ed25519 (RFC 8032) by the JDK, with raw 32-byte public keys.
 *
 * <p>Keys that are not canonical or of small order are refused: for them signatures exist that fit many messages, so that
 * whoever names such a key as his own could later claim to have signed anything.
 */
public final class Ed25519 {
  /** Bytes of a raw public key. */
  public static final int KEY_BYTES = 32;

  /** Bytes of a signature. */
  public static final int SIGNATURE_BYTES = 64;

  private static final String ALGORITHM = "Ed25519";
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** y coordinate of four of the eight points whose order divides 8; the other coordinates are 0, 1, −1 and its negative. */
  private static final BigInteger ORDER_EIGHT = new BigInteger(
      "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

  private Ed25519() {
  }

  /**
   * Returns the key with these raw bytes (RFC 8032 section 5.1.2).
   *
   * @throws ProtocolException if they are no canonical point, or one of small order
   */
  public static PublicKey publicKey(Bytes raw) {
    byte[] bigEndian = reversed(raw.requireLength("Ed25519 public key", KEY_BYTES).toArray());
    boolean xOdd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    BigInteger y = new BigInteger(1, bigEndian);
    if (y.compareTo(P) >= 0 || ofSmallOrder(y)) {
      throw new ProtocolException("Ed25519 public key: not canonical or of small order");
    }
    try {
      PublicKey key = KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(xOdd, y)));
      // The key factory takes any y; only here does the JDK look for a point of the curve.
      Signature.getInstance(ALGORITHM).initVerify(key);
      return key;
    } catch (GeneralSecurityException e) {
      throw new ProtocolException("Ed25519 public key: no point of the curve", e);
    }
  }

  /** Returns the raw bytes of a key. */
  public static Bytes raw(PublicKey key) {
    if (!(key instanceof EdECPublicKey edKey) || !edKey.getParams().getName().equals(ALGORITHM)) {
      throw new IllegalArgumentException("expected an Ed25519 public key, found " + key.getAlgorithm());
    }
    byte[] raw = new byte[KEY_BYTES];
    byte[] y = edKey.getPoint().getY().toByteArray();
    for (int i = 0; i < Math.min(KEY_BYTES, y.length); i++) {
      raw[i] = y[y.length - 1 - i];
    }
    if (edKey.getPoint().isXOdd()) {
      raw[KEY_BYTES - 1] |= (byte) 0x80;
    }
    return Bytes.of(raw);
  }

  /** Returns the signature of a message. */
  public static Bytes sign(PrivateKey key, byte[] message) {
    try {
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(key);
      signer.update(message);
      return Bytes.of(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign: the key is no Ed25519 private key, or the runtime is broken", e);
    }
  }

  /** Returns whether this is a signature of the message; a malformed one is none. */
  public static boolean verifies(PublicKey key, byte[] message, Bytes signature) {
    if (signature.length() != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature.toArray());
    } catch (SignatureException _) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot verify: the key is no Ed25519 public key, or the runtime is broken", e);
    }
  }

  private static boolean ofSmallOrder(BigInteger y) {
    return y.signum() == 0 || y.equals(BigInteger.ONE) || y.equals(P.subtract(BigInteger.ONE)) || y.equals(ORDER_EIGHT)
        || y.equals(P.subtract(ORDER_EIGHT));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
