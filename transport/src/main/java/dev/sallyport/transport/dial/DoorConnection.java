package dev.sallyport.transport.dial;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.UnopenedException;
import dev.sallyport.transport.WireFacts;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.DeadlineSocket;
import dev.sallyport.transport.socket.InputBuffer;
import dev.sallyport.transport.socket.PlainHttp;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TlsLayer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one of a server's doors, ready for a binding's first bytes.
 *
 * @param bottom the socket below everything: its time-outs count, and closing it ends all
 * @param in what the server says
 * @param out what is said to the server
 * @param facts what is known about the way
 */
public record DoorConnection(DeadlineSocket bottom, InputBuffer in, OutputStream out, WireFacts facts) {
  /**
   * Opens one.
   *
   * @param tls for doors that have it, or null for those without
   * @param deadline holds until {@link DeadlineSocket#dialed}
   * @throws UnopenedException if not even the connection below came about
   * @throws IOException if none came about; the message says what failed, why, and what to do
   */
  public static DoorConnection open(String transport, ServerAddress address, Route route, @Nullable TlsLayer tls,
      Deadline deadline) throws IOException {
    return over(transport, address, route, tls, () -> route.open(address.host(), address.port(), deadline));
  }

  /**
   * Opens one for requests in plain HTTP, which a proxy may forward.
   *
   * @throws UnopenedException if it did not come about; the message says what failed, why, and what to do
   */
  public static DoorConnection plainHttp(String transport, ServerAddress address, Route route, PlainHttp http,
      Deadline deadline)
      throws IOException {
    return over(transport, address, route, null, () -> http.open(deadline));
  }

  private interface Opener {
    Connection open() throws IOException;
  }

  private static DoorConnection over(String transport, ServerAddress address, Route route, @Nullable TlsLayer tls,
      Opener opener)
      throws IOException {
    Connection connection;
    try {
      connection = opener.open();
    } catch (IOException e) {
      throw new UnopenedException(address + ": " + e.getMessage(), e);
    }
    try {
      DeadlineSocket bottom = connection.bottom();
      if (tls == null) {
        return of(bottom, connection.top(),
            new WireFacts(transport, route.describe(), bottom.remote(), new byte[0], "", bottom.getLocalAddress()));
      }
      SSLSocket secured = tls.over(connection.top(), address.host(), address.port());
      return of(bottom, secured,
          new WireFacts(transport, route.describe(), bottom.remote(), TlsLayer.leafDigest(secured),
              TlsLayer.issuer(secured), bottom.getLocalAddress()));
    } catch (IOException e) {
      connection.bottom().close();
      throw new IOException(address + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      connection.bottom().close();
      throw e;
    }
  }

  private static DoorConnection of(DeadlineSocket bottom, Socket top, WireFacts facts) throws IOException {
    return new DoorConnection(bottom, new InputBuffer(top.getInputStream()), top.getOutputStream(), facts);
  }
}
