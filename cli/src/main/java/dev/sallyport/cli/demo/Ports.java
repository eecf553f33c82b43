package dev.sallyport.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port for the server. */
final class Ports {
  private static final int FIRST = 8443;
  private static final int LAST = 8543;
  private static final int MAX = 65_535;

  private Ports() {
  }

  /** The first port from {@value #FIRST} to {@value #LAST} nobody listens on. */
  static int firstFree() {
    for (int port = FIRST; port <= LAST; port++) {
      if (free(port)) {
        return port;
      }
    }
    throw new IllegalArgumentException(
        "every port from " + FIRST + " to " + LAST + " is taken; choose one with --port");
  }

  static int checked(int port) {
    if (port < 1 || port > MAX) {
      throw new IllegalArgumentException("--port: " + port + " is not a port; write a number from 1 to " + MAX);
    }
    if (!free(port)) {
      throw new IllegalArgumentException(
          "--port: " + port + " is taken or needs more rights; leave --port out to take a free one");
    }
    return port;
  }

  private static boolean free(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral("0.0.0.0"))) {
      return socket.isBound();
    } catch (IOException _) {
      return false;
    }
  }
}
