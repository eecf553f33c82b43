package dev.sallyport.cli.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Looks at the certificate a server shows, so that a person can compare it; nothing else is sent over that connection. */
public final class CertificateProbe {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
  private static final int HTTPS_PORT = 443;

  private CertificateProbe() {
  }

  /** The SHA-256 (lower-case hex) of the leaf certificate at {@code server}. */
  public static String fingerprint(URI server) {
    int port = server.getPort() < 0 ? HTTPS_PORT : server.getPort();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(server.getHost(), port), Math.toIntExact(TIME_LIMIT.toMillis()));
      plain.setSoTimeout(Math.toIntExact(TIME_LIMIT.toMillis()));
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[]{new AnyCertificate()}, null);
      try (var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, server.getHost(), port, true)) {
        socket.startHandshake();
        return Trust.fingerprint((X509Certificate) socket.getSession().getPeerCertificates()[0]);
      }
    } catch (SSLPeerUnverifiedException | CertificateException e) {
      throw new UnreachableException("the server at " + server + " shows no certificate", e);
    } catch (IOException e) {
      throw new UnreachableException(
          "no TLS server answers at " + server + " (" + e.getMessage() + "); check address and port", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no usable TLS", e);
    }
  }

  /** For looking only: whoever uses the result pins it afterwards. */
  private static final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      // Every certificate may be looked at.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
      // Every certificate may be looked at.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
      // Every certificate may be looked at.
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
