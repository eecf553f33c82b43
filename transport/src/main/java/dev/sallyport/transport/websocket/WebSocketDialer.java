package dev.sallyport.transport.websocket;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import dev.sallyport.transport.Binding;
import dev.sallyport.transport.ServerAddress;
import dev.sallyport.transport.ServerAddress.Scheme;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.WireFacts;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.InputBuffer;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TlsLayer;
import dev.sallyport.transport.tls.TlsTrust;

/**
 * Opens WebSockets over TLS with the subprotocol {@code slp1}. All steps together, from the name lookup to the server's HTTP
 * answer, keep to one time-out (only the operating system's own name lookup cannot be cut short).
 */
public final class WebSocketDialer implements Binding {
  /** The binding's word. */
  public static final String TRANSPORT = "websocket";

  private final TlsLayer tls;
  private final SecureRandom random = new SecureRandom();

  /** @param trust which certificates are believed */
  public WebSocketDialer(TlsTrust trust) {
    this.tls = new TlsLayer(trust);
  }

  @Override
  public String transport() {
    return TRANSPORT;
  }

  @Override
  public Set<Scheme> schemes() {
    return EnumSet.of(Scheme.WSS);
  }

  @Override
  public Wire dial(ServerAddress address, Route route, Duration timeout) throws IOException {
    Connection connection = open(address, route, Deadline.in(timeout));
    try {
      SSLSocket secured = secure(connection.top(), address);
      InputBuffer in = new InputBuffer(secured.getInputStream());
      upgrade(secured, in, address);
      connection.bottom().dialed();
      WireFacts facts = new WireFacts(TRANSPORT, route.describe(), connection.bottom().remote(),
          TlsLayer.leafDigest(secured), TlsLayer.issuer(secured));
      return new WebSocketWire(connection.bottom(), in, new FrameWriter(secured.getOutputStream(), random), facts);
    } catch (IOException | RuntimeException e) {
      connection.bottom().close();
      throw e;
    }
  }

  private static Connection open(ServerAddress address, Route route, Deadline deadline) throws IOException {
    try {
      return route.open(address.host(), address.port(), deadline);
    } catch (IOException e) {
      throw new IOException(address + ": " + e.getMessage(), e);
    }
  }

  private SSLSocket secure(Socket connection, ServerAddress address) throws IOException {
    try {
      return tls.over(connection, address.host(), address.port());
    } catch (IOException e) {
      throw new IOException(address + ": " + e.getMessage(), e);
    }
  }

  private void upgrade(SSLSocket secured, InputBuffer in, ServerAddress address) throws IOException {
    Upgrade upgrade = new Upgrade(address, random);
    try {
      upgrade.request(secured.getOutputStream());
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
}
