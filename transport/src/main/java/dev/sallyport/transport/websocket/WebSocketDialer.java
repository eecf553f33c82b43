package dev.sallyport.transport.websocket;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import dev.sallyport.transport.Dialer;
import dev.sallyport.transport.ServerAddress;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.WireFacts;

/**
 * Opens WebSockets over TLS 1.3 or 1.2 with the subprotocol {@code slp1}. All steps together, from the name lookup to the
 * server's HTTP answer, keep to one time-out (only the operating system's own name lookup cannot be cut short).
 */
public final class WebSocketDialer implements Dialer {
  private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final SSLSocketFactory sockets;
  private final SecureRandom random = new SecureRandom();

  /** @param trust which certificates are believed */
  public WebSocketDialer(TlsTrust trust) {
    this.sockets = trust.socketFactory();
  }

  @Override
  public Wire dial(ServerAddress address, Duration timeout) throws IOException {
    DeadlineSocket plain = new DeadlineSocket(timeout);
    try {
      connect(plain, address);
      SSLSocket tls = tls(plain, address);
      InputBuffer in = new InputBuffer(tls.getInputStream());
      upgrade(tls, in, address);
      plain.dialed();
      WireFacts facts = new WireFacts("websocket", remote(plain), leafDigest(tls));
      return new WebSocketWire(plain, in, new FrameWriter(tls.getOutputStream(), random), facts);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static void connect(DeadlineSocket plain, ServerAddress address) throws IOException {
    try {
      InetAddress found = InetAddress.getByName(address.host());
      plain.setTcpNoDelay(true);
      plain.connect(new InetSocketAddress(found, address.port()), plain.remainingMillis());
    } catch (UnknownHostException e) {
      throw new IOException(address + ": the name " + address.host() + " is not known here; check the spelling and DNS",
          e);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          address + " did not answer in time; a firewall may drop the connection, or the server is down", e);
    } catch (NoRouteToHostException e) {
      throw new IOException(address + " cannot be reached from this network: " + e.getMessage(), e);
    } catch (ConnectException e) {
      throw new IOException(address + " refused the connection; see whether the server runs and the port is right", e);
    } catch (SocketException e) {
      throw new IOException(address + " cannot be reached: " + e.getMessage(), e);
    }
  }

  private SSLSocket tls(DeadlineSocket plain, ServerAddress address) throws IOException {
    SSLSocket tls = (SSLSocket) sockets.createSocket(plain, address.host(), address.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(TLS_VERSIONS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    try {
      tls.startHandshake();
      return tls;
    } catch (SocketTimeoutException e) {
      throw new IOException(address + " accepted the connection but did not finish the TLS handshake in time", e);
    } catch (SSLException e) {
      throw new IOException(address + ": " + tlsFailure(e), e);
    } catch (IOException e) {
      throw new IOException(
          address + " broke the connection during the TLS handshake; it refuses this machine for now, or"
              + " something between does",
          e);
    }
  }

  private static String tlsFailure(SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException doubt) {
        return String.valueOf(doubt.getMessage());
      }
    }
    return "no TLS 1.3 or 1.2 connection came about (" + failure.getMessage() + "); check that the port speaks TLS";
  }

  private void upgrade(SSLSocket tls, InputBuffer in, ServerAddress address) throws IOException {
    Upgrade upgrade = new Upgrade(address, random);
    try {
      upgrade.request(tls.getOutputStream());
      upgrade.answer(in);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          address + " did not answer the request for a WebSocket in time; a proxy between may not let it"
              + " pass",
          e);
    } catch (SocketException | SSLException e) {
      throw new IOException(address + " broke the connection instead of answering (" + e.getMessage() + ")", e);
    }
  }

  private static String remote(DeadlineSocket plain) {
    return plain.getInetAddress().getHostAddress() + ":" + plain.getPort();
  }

  private static byte[] leafDigest(SSLSocket tls) throws IOException {
    return tls.getSession().getPeerCertificates()[0] instanceof X509Certificate leaf
        ? Sha256.ofCertificate(leaf)
        : new byte[0];
  }
}
