package dev.sallyport.transport.proxy;

import java.util.List;

import dev.sallyport.transport.socket.Route;

/** Finds the ways to a server, anew at every attempt: a notebook that was behind a proxy an hour ago may be at home now. */
@FunctionalInterface
public interface Routes {
  /** Straight ahead, always. */
  Routes STRAIGHT = (host, port) -> List.of(Route.DIRECT);

  /**
   * The routes to try, in this order; one or more. What is configured and makes no sense is a route that fails with the reason.
   */
  List<Route> to(String host, int port);
}
