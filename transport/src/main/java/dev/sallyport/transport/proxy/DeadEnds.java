package dev.sallyport.transport.proxy;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.sallyport.transport.ServerAddress;
import dev.sallyport.transport.UnopenedException;
import dev.sallyport.transport.socket.Route;

/**
 * Routes on which no connection to a door came about: nobody waits for one twice in the same search for a server, however many bindings
 * come to that door. Kept as long as that search, and by no longer one: networks change.
 */
public final class DeadEnds {
  private final Map<DeadEnd, UnopenedException> found = new ConcurrentHashMap<>();

  /** @param forwarded whether a proxy is asked to forward requests, which is more, and less, than a connection to that port */
  private record DeadEnd(String route, String host, int port, boolean forwarded) {
    static DeadEnd of(Route route, ServerAddress address) {
      return new DeadEnd(route.describe(), address.host(), address.port(),
          address.scheme() == ServerAddress.Scheme.HTTP && !route.equals(Route.DIRECT));
    }
  }

  /** How it failed before, if it did. */
  Optional<UnopenedException> known(Route route, ServerAddress address) {
    return Optional.ofNullable(found.get(DeadEnd.of(route, address)));
  }

  /** It has failed. */
  void add(Route route, ServerAddress address, UnopenedException failure) {
    found.put(DeadEnd.of(route, address), failure);
  }
}
