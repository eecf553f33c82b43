package dev.sallyport.agent.identity;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

import dev.sallyport.agent.state.StateException;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.state.StateRecord;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;

/**
 * The keys an agent makes for itself at enrolment and never shows: the static key that names it in every handshake, a signing key and
 * two box keys for directives that will be sealed to it.
 *
 * <p>On disk: the 32 bytes of the static key, then six fields, each {@code length(4) bytes}: private (PKCS #8) and public (X.509) form of
 * the Ed25519, X25519 and ML-KEM-768 pairs.
 */
public final class AgentKeys implements AutoCloseable {
  private static final String FILE = "identity";
  private static final int SCHEMA = 1;
  private static final int STATIC_KEY_BYTES = 32;
  private static final int MAX_FIELD_BYTES = 8 << 10;

  /** Raw bytes at the end of the X.509 form, see RFC 8410 and FIPS 203. */
  private static final int RAW_X25519_BYTES = 32;
  private static final int RAW_ML_KEM_BYTES = 1184;

  private final StaticKeyPair identity;
  private final KeyPair signing;
  private final KeyPair boxX25519;
  private final KeyPair boxMlKem;

  private AgentKeys(StaticKeyPair identity, KeyPair signing, KeyPair boxX25519, KeyPair boxMlKem) {
    this.identity = identity;
    this.signing = signing;
    this.boxX25519 = boxX25519;
    this.boxMlKem = boxMlKem;
  }

  static AgentKeys generate(RandomSource random) {
    return new AgentKeys(StaticKeyPair.generate(random), generate("Ed25519"), generate("X25519"),
        generate("ML-KEM-768"));
  }

  private static KeyPair generate(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + algorithm, e);
    }
  }

  /** The keys of this state directory; made, and on disk when this returns, if there are none yet. */
  public static AgentKeys loadOrCreate(StateFiles files, RandomSource random) throws IOException {
    var stored = new StateRecord(files, FILE, SCHEMA);
    if (stored.exists()) {
      return load(stored);
    }
    AgentKeys keys = generate(random);
    byte[] body = keys.encode();
    try {
      stored.write(body);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
    return keys;
  }

  /** The static key alone: all that a session needs. */
  public static StaticKeyPair loadIdentity(StateFiles files) throws IOException {
    byte[] body = new StateRecord(files, FILE, SCHEMA).read();
    try {
      return StaticKeyPair.of(identityOf(body));
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private static AgentKeys load(StateRecord stored) throws IOException {
    byte[] body = stored.read();
    try {
      ByteBuffer in = ByteBuffer.wrap(body, STATIC_KEY_BYTES, body.length - STATIC_KEY_BYTES);
      return new AgentKeys(StaticKeyPair.of(identityOf(body)), pair("Ed25519", in), pair("X25519", in),
          pair("ML-KEM-768", in));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | GeneralSecurityException e) {
      throw unusable(e);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private static byte[] identityOf(byte[] body) throws StateException {
    if (body.length < STATIC_KEY_BYTES) {
      throw unusable(new BufferUnderflowException());
    }
    return Arrays.copyOf(body, STATIC_KEY_BYTES);
  }

  private static StateException unusable(Exception cause) {
    return new StateException(
        "the agent's file \"" + FILE + "\" does not hold this agent's keys: restore the state directory from a"
            + " backup, or remove it and enrol this machine again",
        cause);
  }

  private static KeyPair pair(String algorithm, ByteBuffer in) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance(algorithm);
    PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(field(in)));
    PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(field(in)));
    return new KeyPair(publicKey, privateKey);
  }

  private static byte[] field(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > MAX_FIELD_BYTES) {
      throw new BufferUnderflowException();
    }
    byte[] field = new byte[length];
    in.get(field);
    return field;
  }

  private byte[] encode() {
    byte[] own = identity.privateKey();
    byte[][] fields = {signing.getPrivate().getEncoded(), signing.getPublic().getEncoded(),
        boxX25519.getPrivate().getEncoded(),
        boxX25519.getPublic().getEncoded(), boxMlKem.getPrivate().getEncoded(), boxMlKem.getPublic().getEncoded()};
    int length = own.length;
    for (byte[] field : fields) {
      length += Integer.BYTES + field.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length).put(own);
    for (byte[] field : fields) {
      out.putInt(field.length).put(field);
      Arrays.fill(field, (byte) 0);
    }
    Arrays.fill(own, (byte) 0);
    return out.array();
  }

  public StaticKeyPair identity() {
    return identity;
  }

  public KeyPair signing() {
    return signing;
  }

  /** Raw public key, 32 bytes. */
  public Bytes boxX25519() {
    return raw(boxX25519, RAW_X25519_BYTES);
  }

  /** Raw public key, 1,184 bytes. */
  public Bytes boxMlKem() {
    return raw(boxMlKem, RAW_ML_KEM_BYTES);
  }

  private static Bytes raw(KeyPair pair, int length) {
    byte[] encoded = pair.getPublic().getEncoded();
    return Bytes.of(Arrays.copyOfRange(encoded, encoded.length - length, encoded.length));
  }

  @Override
  public void close() {
    identity.close();
  }
}
