package dev.sallyport.transport.proxy.discovery;

import java.io.IOException;
import java.net.URI;
import java.util.List;

import dev.sallyport.transport.socket.Route;

/** Finds out what a proxy script says of the way to a server. */
@FunctionalInterface
public interface ProxyScripts {
  /**
   * The routes it names, one or more, in its order.
   *
   * @throws IOException if it cannot be had, fails, or says nothing that is understood; the message says which
   */
  List<Route> routes(URI location, String host, int port) throws IOException;
}
