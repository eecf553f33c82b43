package dev.sallyport.transport.ladder;

import java.util.List;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.Dialer;

/** Finds the ways to a server. */
@FunctionalInterface
public interface Rungs {
  /**
   * The ways there are, best first, for one search: what is found closed on one of them is not tried again by the others.
   *
   * @param addresses the server's doors, best first
   * @param order words of transports that come before all others, in this order; those nobody knows are passed over
   */
  List<Rung> to(List<ServerAddress> addresses, List<String> order);

  /** One way to each door. */
  static Rungs by(String transport, Dialer dialer) {
    return (addresses, _) -> addresses.stream().map(address -> new Rung(transport, address, dialer)).toList();
  }
}
