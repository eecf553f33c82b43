package dev.sallyport.transport.socket;

import java.io.IOException;
import java.net.InetAddress;

/**
 * The way a TCP connection takes to a server: straight, or through a proxy (K6). A route is a value: it can be used again and again, by
 * several threads.
 */
public interface Route {
  /** Straight to the server. */
  Route DIRECT = new DirectRoute(InetAddress::getAllByName);

  /**
   * Opens a connection.
   *
   * @param host name or address, an IPv6 address without brackets; a route through a proxy leaves the lookup of names to it
   * @throws IOException if none came about; the message says what failed, why, and what to do
   */
  Connection open(String host, int port, Deadline deadline) throws IOException;

  /**
   * How requests in plain HTTP reach a server over this route. An HTTP proxy is asked to forward them; one that does not can still be asked
   * for a connection by {@link #open}, to whatever port, and a server reached so is spoken to as if there were no proxy.
   *
   * @param host name or address, an IPv6 address without brackets
   */
  PlainHttp plainHttp(String host, int port);

  /** In a few words for reports: {@code direct}, {@code http proxy 10.0.0.1:3128}; never with a password. */
  String describe();
}
