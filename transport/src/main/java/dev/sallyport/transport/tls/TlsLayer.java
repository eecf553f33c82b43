package dev.sallyport.transport.tls;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Puts TLS 1.3 or 1.2 on a connection. */
public final class TlsLayer {
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");
  private static final List<String> RESUMABLE = List.of("TLSv1.2");

  private final SSLSocketFactory sockets;
  private final List<String> versions;

  /** @param trust which certificates are believed */
  public TlsLayer(TlsTrust trust) {
    this(trust, VERSIONS);
  }

  private TlsLayer(TlsTrust trust, List<String> versions) {
    this.sockets = trust.socketFactory();
    this.versions = versions;
  }

  /**
   * A layer of TLS 1.2 alone, whose connections to one host and port resume one session as often as there are connections. In TLS 1.3 each
   * ticket is good for one, and comes behind the handshake, where a connection that is only written to never meets it. Nor are tickets of
   * TLS 1.2 asked for, in this process, by any layer made from now on: Java throws those away that are good for more than a week, and a
   * server that gives out tickets (vsftpd, for ever) keeps no session under a number. Sessions by number serve everybody else as well.
   */
  public static TlsLayer resuming(TlsTrust trust) {
    System.setProperty("jdk.tls.client.enableSessionTicketExtension", "false");
    return new TlsLayer(trust, RESUMABLE);
  }

  /** Shakes hands over a connection that may lead to another port than the one whose session it resumes. */
  public SSLSocket overAs(Socket below, String host, int port) throws IOException {
    return over(new AliasSocket(below, port), host, port);
  }

  /**
   * Shakes hands with {@code host} over {@code below}, whose deadline holds.
   *
   * @throws IOException if no connection that can be believed came about; the message says why and what to do
   */
  public SSLSocket over(Socket below, String host, int port) throws IOException {
    SSLSocket tls = (SSLSocket) sockets.createSocket(below, host, port, true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(versions.toArray(String[]::new));
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    try {
      tls.startHandshake();
      return tls;
    } catch (SocketTimeoutException e) {
      throw new IOException("it accepted the connection but did not finish the TLS handshake in time", e);
    } catch (SSLException e) {
      throw new IOException(reason(e), e);
    } catch (IOException e) {
      throw new IOException("the connection broke during the TLS handshake; the other end refuses this machine for now,"
          + " or something between does", e);
    }
  }

  /** The certificate the other end showed, as SHA-256. */
  public static byte[] leafDigest(SSLSocket tls) throws SSLPeerUnverifiedException {
    return tls.getSession().getPeerCertificates()[0] instanceof X509Certificate leaf
        ? Sha256.ofCertificate(leaf)
        : new byte[0];
  }

  /** Who signed that certificate, as RFC 2253 writes it; a stranger's words. */
  public static String issuer(SSLSocket tls) throws SSLPeerUnverifiedException {
    return tls.getSession().getPeerCertificates()[0] instanceof X509Certificate leaf
        ? leaf.getIssuerX500Principal().getName()
        : "";
  }

  private static String reason(SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException doubt) {
        return String.valueOf(doubt.getMessage());
      }
    }
    return "no TLS 1.3 or 1.2 connection came about (" + failure.getMessage() + "); check that the port speaks TLS";
  }
}
