package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A TLS connection to a gateway, and nothing above it. */
final class TlsClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final SSLSocket socket;

  private TlsClient(SSLSocket socket) {
    this.socket = socket;
  }

  static TlsClient connect(GatewayScene scene, String... alpn) throws IOException {
    return over(new Socket(InetAddress.getLoopbackAddress(), scene.gateway().port()), scene, alpn);
  }

  static TlsClient over(Socket plain, GatewayScene scene, String... alpn) throws IOException {
    X509Certificate certificate = scene.gateway().certificate().leaf();
    SSLSocket socket = (SSLSocket) trusting(certificate).getSocketFactory().createSocket(plain, "localhost",
        plain.getPort(),
        true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(alpn);
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.startHandshake();
    return new TlsClient(socket);
  }

  private static SSLContext trusting(X509Certificate certificate) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("gateway", certificate);
      TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  TlsClient write(String text) throws IOException {
    return write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  TlsClient write(byte[] bytes) throws IOException {
    out().write(bytes);
    out().flush();
    return this;
  }

  OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  InputStream in() throws IOException {
    return socket.getInputStream();
  }

  /** Waits until the gateway ends the connection, in order or not; what it still says is read and forgotten. */
  void awaitEnd() {
    try {
      in().transferTo(OutputStream.nullOutputStream());
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the gateway keeps the connection", e);
    } catch (IOException e) {
      assertThat(e).as("an end is an end").isNotNull();
    }
  }

  /** Reads to the end of the connection, which must be in order. */
  String readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    in().transferTo(all);
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads exactly so many bytes as text. */
  String read(int length) throws IOException {
    return new String(in().readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  SSLSocket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
