package dev.sallyport.gateway.certificate;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A private key with the certificates that go with it.
 *
 * @param key of the leaf
 * @param chain the leaf first
 */
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
  /** How long before its end an expiring certificate is worth a warning: 21 days. */
  public static final Duration WARNING = Duration.ofDays(21);

  /** Copies the chain. */
  public ServerCertificate {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a server needs a certificate");
    }
  }

  /** The server's own certificate. */
  public X509Certificate leaf() {
    return chain.getFirst();
  }

  /** When it ends. */
  public Instant expires() {
    return leaf().getNotAfter().toInstant();
  }

  /** Whether nobody but the server itself vouches for it; then agents need it pinned in their bundle. */
  public boolean selfSigned() {
    return leaf().getIssuerX500Principal().equals(leaf().getSubjectX500Principal());
  }

  /** SHA-256 of the certificate, for people to compare. */
  public byte[] fingerprint() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(leaf().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a parsed certificate has its bytes and every Java has SHA-256", e);
    }
  }

  /** SHA-256 of the leaf's SubjectPublicKeyInfo: the pin for bundles, the same after a renewal with the same key. */
  public byte[] pin() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(leaf().getPublicKey().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What an operator should be told about its dates now, if anything. */
  public Optional<String> warning(Instant now) {
    Instant begins = leaf().getNotBefore().toInstant();
    if (now.isBefore(begins)) {
      return Optional.of("the TLS certificate is valid only from " + begins + "; check this machine's clock");
    }
    if (!now.isBefore(expires())) {
      return Optional
          .of("the TLS certificate expired on " + expires() + "; browsers and unpinned agents refuse it, renew it");
    }
    if (!now.isBefore(expires().minus(WARNING))) {
      return Optional.of("the TLS certificate expires on " + expires() + "; renew it before");
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "ServerCertificate[" + leaf().getSubjectX500Principal() + " until " + expires() + "]";
  }
}
