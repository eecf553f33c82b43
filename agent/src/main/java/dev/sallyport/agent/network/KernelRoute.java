package dev.sallyport.agent.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringTokenizer;

import org.jspecify.annotations.Nullable;

/**
 * A line of the kernel's tables of routes, {@code /proc/net/route} and {@code /proc/net/ipv6_route} (proc_net(5)).
 *
 * @param gateway the unspecified address (all zero) if the network lies at this machine's own cable
 */
record KernelRoute(String device, InetAddress network, int bits, InetAddress gateway, long metric, long flags) {
  private static final long UP = 0x1;
  private static final long REJECT = 0x200;

  /** Of IPv6: an address of this machine, and one that it shares with its neighbours. */
  private static final long LOCAL = 0x8000_0000L;
  private static final long ANYCAST = 0x10_0000L;
  private static final int HEX = 16;
  private static final int FIELDS_4 = 8;

  boolean isDefault() {
    return bits == 0;
  }

  boolean hasGateway() {
    return !gateway.isAnyLocalAddress();
  }

  boolean isLocal() {
    return (flags & LOCAL) != 0;
  }

  /** Whether something other than this machine can be at its end. */
  boolean leadsOut() {
    return (flags & UP) != 0 && (flags & (REJECT | LOCAL | ANYCAST)) == 0 && !device.equals("lo")
        && !network.isLoopbackAddress() && !network.isLinkLocalAddress() && !network.isMulticastAddress();
  }

  /** In words, for people and for comparison. */
  String describe() {
    return (hasGateway() ? gateway.getHostAddress() : network.getHostAddress() + "/" + bits) + " by " + device;
  }

  /** The lines that can be understood. */
  static List<KernelRoute> ofIpv4(String table) {
    return read(table, KernelRoute::ipv4);
  }

  /** The lines that can be understood. */
  static List<KernelRoute> ofIpv6(String table) {
    return read(table, KernelRoute::ipv6);
  }

  private interface Line {
    KernelRoute read(List<String> fields) throws UnknownHostException;
  }

  private static List<KernelRoute> read(String table, Line line) {
    var routes = new ArrayList<KernelRoute>();
    for (String text : table.split("\n", -1)) {
      KernelRoute route = understood(fields(text), line);
      if (route != null) {
        routes.add(route);
      }
    }
    return routes;
  }

  private static @Nullable KernelRoute understood(List<String> fields, Line line) {
    try {
      return fields.size() < FIELDS_4 || fields.getFirst().equals("Iface") ? null : line.read(fields);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | UnknownHostException e) {
      return null; // cut off at the end, or a kernel of the future
    }
  }

  private static KernelRoute ipv4(List<String> fields) throws UnknownHostException {
    return new KernelRoute(fields.get(0), InetAddress.getByAddress(hostOrder(fields.get(1))),
        bits(hostOrder(fields.get(7))), InetAddress.getByAddress(hostOrder(fields.get(2))),
        Long.parseLong(fields.get(6)), Long.parseLong(fields.get(3), HEX));
  }

  private static KernelRoute ipv6(List<String> fields) throws UnknownHostException {
    return new KernelRoute(fields.get(9), address6(fields.get(0)), Integer.parseInt(fields.get(1), HEX),
        address6(fields.get(4)), Long.parseLong(fields.get(5), HEX), Long.parseLong(fields.get(8), HEX));
  }

  private static List<String> fields(String line) {
    var fields = new ArrayList<String>(2 * FIELDS_4);
    for (var words = new StringTokenizer(line); words.hasMoreTokens();) {
      fields.add(words.nextToken());
    }
    return fields;
  }

  private static InetAddress address6(String hex) throws UnknownHostException {
    return InetAddress.getByAddress(HexFormat.of().parseHex(hex));
  }

  /** The kernel prints an address of four bytes as one number of its own byte order. */
  private static byte[] hostOrder(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
        byte swapped = bytes[i];
        bytes[i] = bytes[j];
        bytes[j] = swapped;
      }
    }
    return bytes;
  }

  private static int bits(byte[] mask) {
    int bits = 0;
    for (byte each : mask) {
      bits += Integer.bitCount(each & 0xff);
    }
    return bits;
  }
}
