package dev.sallyport.transport.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;

import dev.sallyport.protocol.PlainText;

/** Says in words why a server's certificate was not believed, and what would mend it. */
final class CertificateDoubt {
  private static final int MAX_QUOTED = 120; // characters

  private CertificateDoubt() {
  }

  static String notPinned(X509Certificate leaf) {
    return "the server showed a certificate that is not the pinned one (SHA-256 " + fingerprint(leaf)
        + "); if the server's certificate was replaced on purpose, enrol with a new bundle, otherwise somebody answers in its place";
  }

  /**
   * Why the authorities do not vouch.
   *
   * @param pinning whether there was a pin besides, which this certificate did not meet either
   */
  static String of(X509Certificate leaf, CertificateException cause, boolean pinning) {
    Instant now = Instant.now();
    Instant from = leaf.getNotBefore().toInstant();
    Instant to = leaf.getNotAfter().toInstant();
    if (now.isAfter(to)) {
      return "the server's certificate expired on " + to
          + "; renew it, or correct this machine's clock";
    }
    if (now.isBefore(from)) {
      return "the server's certificate is valid only from " + from
          + "; correct this machine's clock";
    }
    if (isAboutTheName(cause)) {
      return "the server's certificate is for another name (" + quoted(leaf.getSubjectX500Principal().getName()) + ": "
          + quoted(String.valueOf(cause.getMessage()))
          + "); dial the name it is made for, or give the server one that fits";
    }
    if (leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal())) {
      if (pinning) {
        return notPinned(leaf);
      }
      return "the server's certificate is self-signed (SHA-256 " + fingerprint(leaf)
          + "); enrol with a bundle that pins it, or give the server one from an authority this machine believes";
    }
    return "no authority this machine believes vouches for the server's certificate (issued by "
        + quoted(leaf.getIssuerX500Principal().getName())
        + "); if a company proxy inspects TLS here, add its authority to this machine";
  }

  private static boolean isAboutTheName(CertificateException cause) {
    String message = String.valueOf(cause.getMessage()); // the JDK has no type for it
    return message.startsWith("No subject alternative") || message.startsWith("No name matching");
  }

  private static String fingerprint(X509Certificate leaf) {
    return HexFormat.of().formatHex(Sha256.ofCertificate(leaf));
  }

  /** A certificate's words are its maker's: cleaned before they reach a log. */
  private static String quoted(String words) {
    return PlainText.clean(words, MAX_QUOTED);
  }
}
