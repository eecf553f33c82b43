package dev.sallyport.transport.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Believes a pinned leaf by its digest, any other only with the word of an authority (which then also checks host and dates). */
final class LeafTrust extends X509ExtendedTrustManager {
  private final TlsTrust trust;

  LeafTrust(TlsTrust trust) {
    this.trust = trust;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("the server showed no certificate");
    }
    if (trust.isPinned(chain[0])) {
      return;
    }
    Authorities authorities = trust.authorities();
    if (authorities == null) {
      throw new CertificateException(CertificateDoubt.notPinned(chain[0]));
    }
    try {
      authorities.manager().checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      throw new CertificateException(CertificateDoubt.of(chain[0], e, trust.pins()), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw unused();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
    throw unused(); // without the socket nobody could compare the host name
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
    throw unused();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw unused();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
    throw unused();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static CertificateException unused() {
    return new CertificateException("this end only dials, by socket");
  }
}
