package dev.sallyport.transport.proxy;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.UnopenedException;
import dev.sallyport.transport.socket.Route;

/**
 * Routes on which no connection to a door came about, and proxies that are of no use for any: nobody waits for one twice in the same search
 * for a server, however many bindings come to that door. Kept as long as that search, and not longer: networks change.
 */
public final class DeadEnds {
  private final Map<DeadEnd, IOException> doors = new ConcurrentHashMap<>();
  private final Map<String, IOException> proxies = new ConcurrentHashMap<>();

  /** @param forwarded whether a proxy is asked to forward requests, which is more, and less, than a connection to that port */
  private record DeadEnd(String route, String host, int port, boolean forwarded) {
    static DeadEnd of(Route route, ServerAddress address) {
      return new DeadEnd(route.describe(), address.host(), address.port(),
          address.scheme() == ServerAddress.Scheme.HTTP && !route.equals(Route.DIRECT));
    }
  }

  /** How it failed before, if it did. */
  Optional<IOException> known(Route route, ServerAddress address) {
    IOException proxy = proxies.get(route.describe());
    return Optional.ofNullable(proxy == null ? doors.get(DeadEnd.of(route, address)) : proxy);
  }

  /** It has failed in this way, after which others may do better or not. */
  void note(Route route, ServerAddress address, IOException failure) {
    if (UnusableProxyException.behind(failure).isPresent()) {
      proxies.put(route.describe(), failure);
    } else if (failure instanceof UnopenedException) {
      doors.put(DeadEnd.of(route, address), failure);
    }
  }
}
