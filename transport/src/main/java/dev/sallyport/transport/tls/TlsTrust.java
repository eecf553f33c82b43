package dev.sallyport.transport.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Whom the TLS layer believes. There is no value that believes everybody: the least is one pinned certificate.
 *
 * <p>TLS is the wrapper, not the trust anchor (A2): the session inside proves the server's own key whatever certificate was
 * shown here. It is still checked, because it keeps strangers from learning that and how often an agent calls.
 */
public final class TlsTrust {
  private static final int PIN_BYTES = 32;

  private final List<byte[]> pins;
  private final @Nullable Authorities authorities;

  private TlsTrust(List<byte[]> pins, @Nullable Authorities authorities) {
    this.pins = pins.stream().map(byte[]::clone).toList();
    this.authorities = authorities;
  }

  /** The certificate authorities of this machine, with host name and expiry checked. */
  public static TlsTrust system() {
    return new TlsTrust(List.of(), Authorities.system());
  }

  /** These authorities and no others, with host name and expiry checked. */
  public static TlsTrust authorities(List<X509Certificate> roots) {
    return new TlsTrust(List.of(), Authorities.of(roots));
  }

  /**
   * Only the certificates pinned here; their names and dates no longer matter, since nobody else holds their keys.
   *
   * @param pins one or more SHA-256 digests, each of a leaf certificate or of its SubjectPublicKeyInfo (the latter outlives
   *        a renewal with the same key)
   */
  public static TlsTrust pinned(List<byte[]> pins) {
    return new TlsTrust(checked(pins), null);
  }

  /**
   * What this value believes, and these pinned certificates as well. An agent enrolled while the server showed its own
   * certificate thereby stays connected when the server gets a public one, or when a company's inspecting proxy shows its own.
   */
  public TlsTrust orPinned(List<byte[]> morePins) {
    return new TlsTrust(checked(morePins), authorities);
  }

  private static List<byte[]> checked(List<byte[]> pins) {
    if (pins.isEmpty()) {
      throw new IllegalArgumentException("no pin given: nobody could be believed");
    }
    for (byte[] pin : pins) {
      if (pin.length != PIN_BYTES) {
        throw new IllegalArgumentException("a pin is a SHA-256 digest of 32 bytes, not " + pin.length);
      }
    }
    return pins;
  }

  boolean isPinned(X509Certificate leaf) {
    if (pins.isEmpty()) {
      return false;
    }
    byte[] certificate = Sha256.ofCertificate(leaf);
    byte[] key = Sha256.of(leaf.getPublicKey().getEncoded());
    boolean found = false;
    for (byte[] pin : pins) {
      found |= MessageDigest.isEqual(pin, certificate) || MessageDigest.isEqual(pin, key);
    }
    return found;
  }

  /** Whether any certificate is pinned. */
  boolean pins() {
    return !pins.isEmpty();
  }

  /** Who vouches for a certificate that is not pinned; null if nobody may. */
  @Nullable
  Authorities authorities() {
    return authorities;
  }

  SSLSocketFactory socketFactory() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[]{new LeafTrust(this)}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }
}
