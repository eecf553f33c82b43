package dev.sallyport.agent.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a machine's operating system says about its networks at one moment.
 *
 * @param usable whether any route leads out of this machine through an interface that is up and has a carrier
 * @param ways the routes that do, in words ({@code 192.0.2.1 by eth0}, {@code 192.0.2.0/24 by eth0}), the best first
 * @param addresses this machine's own, without loopback and link-local ones
 * @param id which network this is
 */
public record NetworkState(boolean usable, List<String> ways, Set<InetAddress> addresses, NetworkId id) {
  /** The operating system does not tell. Better one dial too many than a machine that never dials again, so this counts as usable. */
  public static final NetworkState UNKNOWN = new NetworkState(true, List.of(), Set.of(), NetworkId.NONE);

  /** A machine alone. */
  public static final NetworkState NONE = new NetworkState(false, List.of(), Set.of(), NetworkId.NONE);

  public NetworkState {
    ways = List.copyOf(ways);
    addresses = Set.copyOf(addresses);
  }

  /**
   * Whether a dial to this host can lead anywhere: always for this machine itself (loopback, its own addresses), otherwise if there is a
   * usable route. A host given by name is looked up by whoever dials, not here.
   *
   * @param host a name or an address, an IPv6 address with or without brackets
   */
  public boolean leadsTo(String host) {
    return usable || isThisMachine(host);
  }

  /** Whether this is one of this machine's own addresses now; a connection whose own address is gone is dead. */
  public boolean holds(InetAddress own) {
    return own.isLoopbackAddress() || own.isLinkLocalAddress() || this.equals(UNKNOWN) || addresses.contains(own);
  }

  /**
   * Whether a connection made in the other state may have lost its way in this one. A gateway whose hardware address has become known
   * since is no such change.
   */
  public boolean differsFrom(NetworkState other) {
    return usable != other.usable || !ways.equals(other.ways) || !addresses.equals(other.addresses)
        || !id.mayBe(other.id);
  }

  private boolean isThisMachine(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return true;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(unbracketed(name));
      return address.isLoopbackAddress() || addresses.contains(address);
    } catch (IllegalArgumentException e) {
      return false; // a name, and names are of elsewhere
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
