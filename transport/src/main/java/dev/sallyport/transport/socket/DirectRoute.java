package dev.sallyport.transport.socket;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;

/**
 * Straight to the server, at whichever of its addresses answers first in the system's order (only the operating system's own name lookup
 * cannot be cut short).
 */
final class DirectRoute implements Route {
  /**
   * Longest wait for one address to accept a connection, in milliseconds: systems ask after 0, 1 and 3 s, so that a path that loses a tenth
   * of its packets is still found nearly always, while one that swallows them all keeps nobody for long.
   */
  static final int CONNECT_MILLIS = 5_000;

  /** Addresses of one name that are tried. */
  static final int MAX_ADDRESSES = 8;

  private final Names names;

  /** How names become addresses. */
  interface Names {
    /** One or more, the best first. */
    InetAddress[] of(String host) throws UnknownHostException;
  }

  DirectRoute(Names names) {
    this.names = names;
  }

  @Override
  public Connection open(String host, int port, Deadline deadline) throws IOException {
    InetAddress[] found = found(host);
    var reasons = new LinkedHashSet<String>();
    for (int i = 0; i < Math.min(found.length, MAX_ADDRESSES); i++) {
      var socket = new DeadlineSocket(deadline);
      try {
        connect(socket, new InetSocketAddress(found[i], port),
            place(found.length == 1 ? host : found[i].getHostAddress(), port), deadline);
        return new Connection(socket, socket);
      } catch (IOException e) {
        socket.close();
        reasons.add(e.getMessage());
      } catch (RuntimeException e) {
        socket.close();
        throw e;
      }
    }
    throw new IOException(String.join("; ", reasons));
  }

  @Override
  public PlainHttp plainHttp(String host, int port) {
    return PlainHttp.asToTheServer(this, host, port);
  }

  @Override
  public String describe() {
    return "direct";
  }

  private InetAddress[] found(String host) throws IOException {
    try {
      return names.of(host);
    } catch (UnknownHostException e) {
      throw new IOException("the name " + host + " is not known here; check the spelling and DNS", e);
    }
  }

  private static String place(String host, int port) {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  private static void connect(DeadlineSocket socket, InetSocketAddress address, String place, Deadline deadline)
      throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, Math.min(deadline.remainingMillis(), CONNECT_MILLIS));
    } catch (SocketTimeoutException e) {
      throw new IOException(
          place + " did not answer in time; a firewall may drop the connection, or the server is down", e);
    } catch (NoRouteToHostException e) {
      throw new IOException(place + " cannot be reached from this network: " + e.getMessage(), e);
    } catch (ConnectException e) {
      throw new IOException(place + " refused the connection; see whether the server runs and the port is right", e);
    } catch (SocketException e) {
      throw new IOException(place + " cannot be reached: " + e.getMessage(), e);
    }
  }
}
