package dev.sallyport.transport.proxy;

import java.io.IOException;

import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.Route;

/** The connection to the proxy itself, with its name in what goes wrong. */
final class ProxyConnection {
  private ProxyConnection() {
  }

  static Connection open(ProxyAddress proxy, Deadline deadline) throws IOException {
    try {
      return Route.DIRECT.open(proxy.host(), proxy.port(), deadline);
    } catch (IOException e) {
      throw new UnusableProxyException(proxy.describe() + " cannot be used: " + e.getMessage(), e);
    }
  }
}
