package dev.sallyport.session.noise;

import module java.base;

import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.security.auth.DestroyFailedException;

import dev.sallyport.protocol.ProtocolException;

/**
 * ML-KEM-768 (FIPS 203) by the JDK's default provider: one ephemeral key pair, and encapsulation to the peer's key.
 *
 * <p>A ciphertext of the right length always decapsulates: a forged one gives a random secret (implicit rejection), so
 * that the forgery shows at the next authentication tag.
 */
final class KemKeyPair implements AutoCloseable {
  static final int PUBLIC_KEY_BYTES = 1184;
  static final int CIPHERTEXT_BYTES = 1088;
  private static final String PARAMETER_SET = "ML-KEM-768";
  /** What stands before the raw key in an X.509 SubjectPublicKeyInfo of this parameter set. */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");

  private final PrivateKey privateKey;
  private final byte[] publicKey;

  private KemKeyPair(PrivateKey privateKey, byte[] publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  static KemKeyPair generate(RandomSource random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(PARAMETER_SET);
      generator.initialize(NamedParameterSpec.ML_KEM_768, new SourceRandom(random));
      KeyPair pair = generator.generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      return new KemKeyPair(pair.getPrivate(), Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + PARAMETER_SET, e);
    }
  }

  /** The raw encapsulation key itself, not a copy. */
  byte[] publicKey() {
    return publicKey;
  }

  byte[] decapsulate(byte[] ciphertext) {
    try {
      return KEM.getInstance(PARAMETER_SET).newDecapsulator(privateKey).decapsulate(ciphertext).getEncoded();
    } catch (DecapsulateException e) {
      throw new ProtocolException("refused ML-KEM-768 ciphertext", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + PARAMETER_SET, e);
    }
  }

  static KEM.Encapsulated encapsulate(byte[] peerPublicKey, RandomSource random) {
    byte[] encoded = new byte[X509_PREFIX.length + PUBLIC_KEY_BYTES];
    System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
    System.arraycopy(peerPublicKey, 0, encoded, X509_PREFIX.length, PUBLIC_KEY_BYTES);
    try {
      PublicKey key = KeyFactory.getInstance(PARAMETER_SET).generatePublic(new X509EncodedKeySpec(encoded));
      return KEM.getInstance(PARAMETER_SET).newEncapsulator(key, new SourceRandom(random)).encapsulate();
    } catch (InvalidKeyException | InvalidKeySpecException e) {
      throw new ProtocolException("refused ML-KEM-768 encapsulation key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + PARAMETER_SET, e);
    }
  }

  @Override
  public void close() {
    try {
      privateKey.destroy();
    } catch (DestroyFailedException e) {
      throw new IllegalStateException("an ML-KEM private key could not be wiped", e);
    }
  }
}
