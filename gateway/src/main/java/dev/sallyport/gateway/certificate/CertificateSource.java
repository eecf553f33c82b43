package dev.sallyport.gateway.certificate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Where the server's certificate comes from. */
public sealed interface CertificateSource {
  /**
   * Reads, or makes, the certificate.
   *
   * @param now decides whether a self-made certificate is due for renewal
   * @throws IOException if that is not possible; the message says what is wrong with which file, and what to do
   */
  ServerCertificate load(Instant now) throws IOException;

  /**
   * A certificate signed by its own key, made on the first start and renewed with the same key before it expires.
   *
   * @param directory where key and certificate lie; made with mode 0700 if it is not there
   * @param names DNS names and IP addresses people and agents will use; {@code localhost} and its addresses are added
   */
  record SelfSigned(Path directory, List<String> names) implements CertificateSource {
    /** Copies the names. */
    public SelfSigned {
      names = List.copyOf(names);
    }

    @Override
    public ServerCertificate load(Instant now) throws IOException {
      return new SelfSignedStore(directory, names).load(now);
    }
  }

  /**
   * The operator's own certificate.
   *
   * @param certificate PEM, the leaf first, then the intermediate ones
   * @param key PEM, PKCS#8, without password
   */
  record PemFiles(Path certificate, Path key) implements CertificateSource {
    @Override
    public ServerCertificate load(Instant now) throws IOException {
      return PemPair.read(certificate, key);
    }
  }
}
