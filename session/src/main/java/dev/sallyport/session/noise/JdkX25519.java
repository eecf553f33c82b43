package dev.sallyport.session.noise;

import module java.base;

import javax.crypto.KeyAgreement;

import dev.sallyport.protocol.ProtocolException;

/** X25519 by the JDK's default provider. */
enum JdkX25519 implements Dh {
  INSTANCE;

  private static final String ALGORITHM = "X25519";
  /** The curve's base point u = 9 (RFC 7748 §4.1): agreeing with it derives a public key. */
  private static final byte[] BASE_POINT = basePoint();

  @Override
  public byte[] publicKey(byte[] privateKey) {
    return agree(privateKey, BASE_POINT);
  }

  @Override
  public byte[] agree(byte[] privateKey, byte[] publicKey) {
    try {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      KeyAgreement agreement = KeyAgreement.getInstance(ALGORITHM);
      agreement.init(factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, privateKey)));
      agreement.doPhase(factory.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u(publicKey))), true);
      return agreement.generateSecret();
    } catch (InvalidKeyException | InvalidKeySpecException e) {
      throw new ProtocolException("refused X25519 public key: it is of low order or malformed", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no X25519", e);
    }
  }

  /** The coordinate is little-endian and its top bit is ignored (RFC 7748 §5). */
  private static BigInteger u(byte[] publicKey) {
    if (publicKey.length != KEY_BYTES) {
      throw new ProtocolException("an X25519 public key has 32 bytes, not " + publicKey.length);
    }
    byte[] bigEndian = new byte[KEY_BYTES];
    for (int i = 0; i < KEY_BYTES; i++) {
      bigEndian[i] = publicKey[KEY_BYTES - 1 - i];
    }
    bigEndian[0] &= 0x7f;
    return new BigInteger(1, bigEndian);
  }

  private static byte[] basePoint() {
    byte[] point = new byte[KEY_BYTES];
    point[0] = 9;
    return point;
  }
}
