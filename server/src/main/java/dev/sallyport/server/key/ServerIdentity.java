package dev.sallyport.server.key;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import dev.sallyport.session.noise.StaticKeyPair;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Who this server is to agents: the static key that they pin, and the key that signs enrolment bundles. Neither lets
 * anybody log in or give a directive (T7); both together with the database let somebody be this server (threat A5).
 *
 * @param staticKey the X25519 pair of the session protocol, under selector 0
 * @param installerKey the Ed25519 pair that signs enrolment bundles
 * @param auditKey the Ed25519 pair that signs checkpoints of the audit log, and nothing else
 */
public record ServerIdentity(StaticKeyPair staticKey, KeyPair installerKey, KeyPair auditKey) {

  /** Bytes of the server key's hash that name its audit log. */
  private static final int NAME_BYTES = 8;
  /** What stands before the 32 bytes of an Ed25519 public key in its X.509 form (RFC 8410). */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /**
   * Reads the key files in the directory, or makes them on the first start.
   *
   * @throws KeyException if one cannot be used
   */
  public static ServerIdentity open(Path directory) {
    byte[] x25519 = single(directory.resolve("server-x25519.key"),
        "Sallyport server key. Agents know this server by it.");
    byte[] ed25519 = single(directory.resolve("installer-ed25519.key"),
        "Sallyport installer key. Signs enrolment bundles.");
    byte[] audit = single(directory.resolve("audit-ed25519.key"),
        "Sallyport audit key. Signs checkpoints of the audit log; machines know the log by it and never take another.");
    try {
      return new ServerIdentity(StaticKeyPair.of(x25519), ed25519(ed25519), ed25519(audit));
    } finally {
      Arrays.fill(x25519, (byte) 0);
      Arrays.fill(ed25519, (byte) 0);
      Arrays.fill(audit, (byte) 0);
    }
  }

  /** What this server's audit log is called, in checkpoints and wherever they are compared. */
  public String auditName() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(staticKey.publicKey());
      return "sallyport/" + HexFormat.of().formatHex(digest, 0, NAME_BYTES) + "/audit";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ServerIdentity[" + staticKey + "]";
  }

  private static byte[] single(Path file, String purpose) {
    List<byte[]> keys = KeyFile.openOrCreate(file, purpose);
    keys.stream().skip(1).forEach(key -> Arrays.fill(key, (byte) 0));
    return keys.getFirst();
  }

  /** The JDK cannot compute the public half of a stored key, Bouncy Castle can. */
  private static KeyPair ed25519(byte[] seed) {
    byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + Ed25519.PUBLIC_KEY_SIZE);
    Ed25519.generatePublicKey(seed, 0, x509, X509_PREFIX.length);
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      return new KeyPair(factory.generatePublic(new X509EncodedKeySpec(x509)),
          factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is missing", e);
    }
  }
}
