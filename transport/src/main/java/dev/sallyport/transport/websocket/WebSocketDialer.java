package dev.sallyport.transport.websocket;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLException;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.ServerAddress.Scheme;
import dev.sallyport.transport.Binding;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.dial.DoorConnection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.socket.WireSocket;
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
    DoorConnection door = DoorConnection.open(TRANSPORT, address, route, tls, Deadline.in(timeout));
    try {
      upgrade(door, address);
      door.bottom().dialed();
      return new WebSocketWire(new WireSocket(door.bottom(), door.in()), door.in(), new FrameWriter(door.out(), random),
          door.facts());
    } catch (IOException | RuntimeException e) {
      door.bottom().close();
      throw e;
    }
  }

  private void upgrade(DoorConnection door, ServerAddress address) throws IOException {
    Upgrade upgrade = new Upgrade(address, random);
    try {
      upgrade.request(door.out());
      upgrade.answer(door.in());
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
