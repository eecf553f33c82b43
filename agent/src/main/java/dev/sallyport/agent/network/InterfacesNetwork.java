package dev.sallyport.agent.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/**
 * Where the operating system has no files to read: an interface that is up and has an address that others can reach counts as a way
 * out. Gateways stay unknown, so networks are told apart by their prefixes only.
 */
final class InterfacesNetwork implements NetworkSource {
  @Override
  public NetworkState look(NetworkState before) {
    try {
      NetworkState now = state(NetworkInterface.networkInterfaces().toList());
      return now.equals(before) ? before : now;
    } catch (IOException e) {
      return NetworkState.UNKNOWN;
    }
  }

  private static NetworkState state(List<NetworkInterface> all) throws IOException {
    var ways = new ArrayList<String>();
    var addresses = new HashSet<InetAddress>();
    for (NetworkInterface each : all) {
      if (each.isUp() && !each.isLoopback()) {
        for (InterfaceAddress own : each.getInterfaceAddresses()) {
          InetAddress address = own.getAddress();
          if (!address.isLinkLocalAddress() && !address.isLoopbackAddress()) {
            addresses.add(address);
            ways.add(network(address, own.getNetworkPrefixLength()) + " by " + each.getName());
          }
        }
      }
    }
    Collections.sort(ways);
    NetworkId id = ways.isEmpty() ? NetworkId.NONE : NetworkId.of("", "", "", String.join(" ", ways));
    return new NetworkState(!ways.isEmpty(), ways, addresses, id);
  }

  /** The address with the host's part taken out. */
  private static String network(InetAddress address, int bits) throws UnknownHostException {
    byte[] bytes = address.getAddress();
    for (int bit = Math.max(bits, 0); bit < bytes.length * Byte.SIZE; bit++) {
      bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
    }
    return InetAddress.getByAddress(bytes).getHostAddress() + "/" + bits;
  }
}
