package dev.sallyport.transport.socket;

import java.io.IOException;

/**
 * The way a TCP connection takes to a server: straight, or through a proxy (K6). A route is a value: it can be used again and again, by
 * several threads.
 */
public interface Route {
  /** Straight to the server. */
  Route DIRECT = new DirectRoute();

  /**
   * Opens a connection.
   *
   * @param host name or address, an IPv6 address without brackets; a route through a proxy leaves the lookup of names to it
   * @throws IOException if none came about; the message says what failed, why, and what to do
   */
  Connection open(String host, int port, Deadline deadline) throws IOException;

  /** In a few words for reports: {@code direct}, {@code http proxy 10.0.0.1:3128}; never with a password. */
  String describe();
}
