package dev.sallyport.transport.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.Binding;
import dev.sallyport.transport.Dialer;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.socket.Route;

/**
 * Tries the routes to a server in turn until one leads there, each with the whole time; those on which another binding has already found
 * that door closed are passed over.
 */
public final class RoutedDialer implements Dialer {
  private final Binding binding;
  private final Routes routes;
  private final DeadEnds deadEnds;

  /** @param deadEnds shared by all bindings of one search for a server */
  public RoutedDialer(Binding binding, Routes routes, DeadEnds deadEnds) {
    this.binding = binding;
    this.routes = routes;
    this.deadEnds = deadEnds;
  }

  /** @throws IOException if none leads there; the message says why, for each */
  @Override
  public Wire dial(ServerAddress address, Duration timeout) throws IOException {
    List<Route> ways = routes.to(address.host(), address.port());
    var failures = new ArrayList<IOException>();
    for (Route way : ways) {
      Optional<IOException> known = deadEnds.known(way, address);
      if (known.isPresent()) {
        failures.add(known.get());
        continue;
      }
      try {
        return binding.dial(address, way, timeout);
      } catch (IOException e) {
        deadEnds.note(way, address, e);
        failures.add(e);
      }
    }
    throw allOf(ways, failures);
  }

  private static IOException allOf(List<Route> ways, List<IOException> failures) {
    if (failures.size() == 1) {
      return failures.getFirst();
    }
    var words = new StringBuilder();
    for (int i = 0; i < failures.size(); i++) {
      words.append(i == 0 ? "" : "; ").append(ways.get(i).describe()).append(": ")
          .append(failures.get(i).getMessage());
    }
    var all = new IOException(words.toString(), failures.getFirst());
    failures.stream().skip(1).forEach(all::addSuppressed);
    return all;
  }
}
