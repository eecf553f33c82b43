package dev.sallyport.transport.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A private key and the certificates that go with it, the leaf first.
 *
 * @param key of the leaf
 * @param chain leaf first
 */
public record TestIdentity(PrivateKey key, List<X509Certificate> chain) {
  private static final char[] NO_PASSWORD = new char[0];

  /** The leaf. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** SHA-256 of the leaf. */
  public byte[] certificatePin() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SHA-256 of the leaf's SubjectPublicKeyInfo. */
  public byte[] keyPin() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(certificate().getPublicKey().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** TLS for a server that shows this identity. */
  public SSLContext server() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
