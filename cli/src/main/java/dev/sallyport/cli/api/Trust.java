package dev.sallyport.cli.api;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which certificate of the server is believed: one that this machine's trust store vouches for, or exactly one. */
public sealed interface Trust {

  /** The operating system's and Java's usual authorities decide, and the host name must match. */
  record Authorities() implements Trust {}

  /** Only the certificate with this SHA-256 (lower-case hex, 64 digits), whatever names it carries. */
  record Pinned(String sha256) implements Trust {
    private static final int HEX_DIGITS = 64;

    /** Accepts upper case, colons and the prefix {@code sha256:}; refuses what is not a SHA-256. */
    public Pinned(String sha256) {
      String digits = sha256.toLowerCase(Locale.ROOT).replace(":", "").replaceFirst("^sha256", "");
      if (digits.length() != HEX_DIGITS || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
        throw new IllegalArgumentException(
            "a certificate's SHA-256 has 64 hexadecimal digits, this has " + digits.length());
      }
      this.sha256 = digits;
    }
  }

  /** A context for outgoing connections that believes accordingly. */
  default SSLContext context() {
    try {
      return switch (this) {
        case Authorities _ -> SSLContext.getDefault();
        case Pinned(String sha256) -> contextOf(new PinnedManager(sha256));
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no usable TLS", e);
    }
  }

  /** The lower-case hex SHA-256 of a certificate. */
  static String fingerprint(X509Certificate certificate) throws CertificateException {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new CertificateException("the certificate could not be hashed", e);
    }
  }

  private static SSLContext contextOf(TrustManager manager) throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[]{manager}, null);
    return context;
  }

  /** Compares the leaf alone: neither names nor dates matter once a person has seen the fingerprint. */
  final class PinnedManager extends X509ExtendedTrustManager {
    private final String expected;

    PinnedManager(String expected) {
      this.expected = expected;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
      String seen = fingerprint(chain[0]);
      if (!seen.equals(expected)) {
        throw new CertificateException(
            "the server shows certificate sha256:" + seen + ", but sha256:" + expected + " is pinned");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
      throw new CertificateException("this side accepts no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
