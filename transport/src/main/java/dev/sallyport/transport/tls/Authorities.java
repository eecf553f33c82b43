package dev.sallyport.transport.tls;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities to believe. They are read when first asked: an agent with a pinned server never is, and spares
 * the memory of 150 parsed certificates.
 */
final class Authorities {
  /** Where Linux distributions keep the administrator's choice of authorities, an inspecting company's own among them. */
  private static final List<Path> SYSTEM_BUNDLES = List.of(
      Path.of("/etc/ssl/certs/ca-certificates.crt"), // Debian, Ubuntu, Alpine, Arch
      Path.of("/etc/pki/tls/certs/ca-bundle.crt"), // Red Hat, Fedora
      Path.of("/etc/ssl/ca-bundle.pem")); // SUSE

  private final Source source;
  private @Nullable X509ExtendedTrustManager manager;

  private Authorities(Source source) {
    this.source = source;
  }

  static Authorities system() {
    return new Authorities(Authorities::ofThisMachine);
  }

  static Authorities of(List<X509Certificate> roots) {
    List<X509Certificate> copy = List.copyOf(roots);
    return new Authorities(() -> manager(store(copy)));
  }

  synchronized X509ExtendedTrustManager manager() throws CertificateException {
    X509ExtendedTrustManager ready = manager;
    if (ready == null) {
      try {
        ready = source.read();
      } catch (IOException | GeneralSecurityException e) {
        throw new CertificateException("this machine's certificate authorities cannot be read: " + e.getMessage(), e);
      }
      manager = ready;
    }
    return ready;
  }

  private static X509ExtendedTrustManager ofThisMachine() throws IOException, GeneralSecurityException {
    for (Path bundle : SYSTEM_BUNDLES) {
      if (Files.isReadable(bundle)) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(bundle))) {
          return manager(store(CertificateFactory.getInstance("X.509").generateCertificates(in)));
        }
      }
    }
    return manager(null); // the authorities that came with this Java
  }

  private static KeyStore store(Collection<? extends Certificate> roots) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate root : roots) {
      store.setCertificateEntry("authority-" + number++, root);
    }
    return store;
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager candidate : factory.getTrustManagers()) {
      if (candidate instanceof X509ExtendedTrustManager found) {
        return found;
      }
    }
    throw new GeneralSecurityException("this Java has no X.509 trust manager");
  }

  private interface Source {
    X509ExtendedTrustManager read() throws IOException, GeneralSecurityException;
  }
}
