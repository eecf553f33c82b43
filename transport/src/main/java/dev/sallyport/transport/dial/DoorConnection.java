package dev.sallyport.transport.dial;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

import dev.sallyport.transport.ServerAddress;
import dev.sallyport.transport.WireFacts;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.DeadlineSocket;
import dev.sallyport.transport.socket.InputBuffer;
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
   * @throws IOException if none came about; the message says what failed, why, and what to do
   */
  public static DoorConnection open(String transport, ServerAddress address, Route route, @Nullable TlsLayer tls,
      Deadline deadline) throws IOException {
    Connection connection;
    try {
      connection = route.open(address.host(), address.port(), deadline);
    } catch (IOException e) {
      throw new IOException(address + ": " + e.getMessage(), e);
    }
    try {
      String remote = connection.bottom().remote();
      if (tls == null) {
        return of(connection.bottom(), connection.top(),
            new WireFacts(transport, route.describe(), remote, new byte[0], ""));
      }
      SSLSocket secured = tls.over(connection.top(), address.host(), address.port());
      return of(connection.bottom(), secured,
          new WireFacts(transport, route.describe(), remote, TlsLayer.leafDigest(secured),
              TlsLayer.issuer(secured)));
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
