package dev.sallyport.agent.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Reads what Linux tells in {@code /proc/net} and {@code /sys/class/net}: routes, own addresses, carriers, and the hardware address of
 * the gateway.
 */
final class LinuxNetwork implements NetworkSource {
  /** Most interfaces whose carrier is watched; each keeps a file open. */
  private static final int MAX_DEVICES = 64;

  /** Routes to everywhere before others; IPv4 first, so that a network keeps its name when IPv6 comes later; then as the kernel chooses. */
  private static final Comparator<KernelRoute> BEST_FIRST = Comparator.comparing(KernelRoute::isDefault).reversed()
      .thenComparing(route -> route.network() instanceof Inet6Address).thenComparingLong(KernelRoute::metric);

  /** Flags of an entry whose hardware address is known: heard of, or set by hand. */
  private static final Set<String> KNOWN = Set.of("0x2", "0x6");

  private static final int NEIGHBOUR_FIELDS = 6;

  private final Path root;
  private final WatchedFile routes4;
  private final WatchedFile routes6;
  private final WatchedFile addresses4;
  private final WatchedFile neighbours;
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private boolean gatewayWithoutName;

  /** @param root the root of the file system, or where recorded files lie */
  LinuxNetwork(Path root) {
    this.root = root;
    Path net = root.resolve("proc/net");
    this.routes4 = new WatchedFile(routes(root));
    this.routes6 = new WatchedFile(net.resolve("ipv6_route"));
    this.addresses4 = new WatchedFile(net.resolve("fib_trie"));
    this.neighbours = new WatchedFile(net.resolve("arp"));
  }

  static Path routes(Path root) {
    return root.resolve("proc/net/route");
  }

  /** Costs about as much as the files it reads. */
  @Override
  public NetworkState look(NetworkState before) {
    // Each is read whatever the others say: what is read here is what the next look is compared with.
    boolean changed = routes4.changed();
    changed |= routes6.changed();
    changed |= addresses4.changed();
    changed |= gatewayWithoutName && neighbours.changed();
    for (Device device : devices.values()) {
      changed |= device.changed();
    }
    return changed ? read() : before;
  }

  private NetworkState read() {
    List<KernelRoute> all = KernelRoute.ofIpv4(routes4.text());
    List<KernelRoute> six = KernelRoute.ofIpv6(routes6.text());
    all.addAll(six);
    watch(all);
    var out = new ArrayList<KernelRoute>();
    for (KernelRoute route : all) {
      Device device = devices.get(route.device());
      if (route.leadsOut() && (device == null || device.up())) {
        out.add(route);
      }
    }
    out.sort(BEST_FIRST);
    var ways = new ArrayList<String>();
    for (KernelRoute route : out) {
      ways.add(route.describe());
    }
    return new NetworkState(!out.isEmpty(), ways, addresses(six), name(out));
  }

  /** Keeps an eye on the carriers of exactly those interfaces that have routes. */
  private void watch(List<KernelRoute> routes) {
    var wanted = new HashSet<String>();
    for (KernelRoute route : routes) {
      if (route.leadsOut() && wanted.size() < MAX_DEVICES) {
        wanted.add(route.device());
      }
    }
    devices.entrySet().removeIf(entry -> {
      boolean gone = !wanted.contains(entry.getKey());
      if (gone) {
        entry.getValue().close();
      }
      return gone;
    });
    for (String name : wanted) {
      if (!devices.containsKey(name)) {
        var device = new Device(root.resolve("sys/class/net").resolve(name));
        device.changed();
        devices.put(name, device);
      }
    }
  }

  private Set<InetAddress> addresses(List<KernelRoute> six) {
    var own = new HashSet<InetAddress>();
    for (KernelRoute route : six) {
      if (route.isLocal()) {
        addUnlessInner(own, route.network());
      }
    }
    String address = "";
    for (String line : addresses4.text().split("\n", -1)) {
      String word = line.strip();
      if (word.startsWith("|-- ")) {
        address = word.substring("|-- ".length());
      } else if (word.equals("/32 host LOCAL")) {
        addUnlessInner(own, address);
      }
    }
    return own;
  }

  private static void addUnlessInner(Set<InetAddress> own, String address) {
    try {
      addUnlessInner(own, InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException e) {
      return; // a kernel of the future; the other addresses still count
    }
  }

  private static void addUnlessInner(Set<InetAddress> own, InetAddress address) {
    if (!address.isLoopbackAddress() && !address.isLinkLocalAddress()) {
      own.add(address);
    }
  }

  /** The network's name comes from the way to everywhere; where there is none, from what lies at the cable. */
  private NetworkId name(List<KernelRoute> out) {
    gatewayWithoutName = false;
    if (out.isEmpty()) {
      return NetworkId.NONE;
    }
    KernelRoute best = out.getFirst();
    String prefix = "";
    for (KernelRoute route : out) {
      if (prefix.isEmpty() && route.device().equals(best.device()) && !route.isDefault() && !route.hasGateway()) {
        prefix = route.describe();
      }
    }
    String gateway = best.hasGateway() ? best.gateway().getHostAddress() : "";
    String hardware = "";
    if (best.hasGateway()) {
      neighbours.changed();
      hardware = hardwareAddress(gateway, best.device());
      gatewayWithoutName = hardware.isEmpty();
    }
    return NetworkId.of(gateway, hardware, kind(best.device()), prefix);
  }

  /** From the table of neighbours: address, type, flags, hardware address, mask, device (proc_net(5)). */
  private String hardwareAddress(String gateway, String device) {
    for (String line : neighbours.text().split("\n", -1)) {
      var words = new StringTokenizer(line);
      if (words.countTokens() >= NEIGHBOUR_FIELDS && words.nextToken().equals(gateway)) {
        words.nextToken();
        boolean known = KNOWN.contains(words.nextToken());
        String hardware = words.nextToken();
        words.nextToken();
        if (known && words.nextToken().equals(device)) {
          return hardware;
        }
      }
    }
    return "";
  }

  private String kind(String device) {
    Path folder = root.resolve("sys/class/net").resolve(device);
    if (Files.exists(folder.resolve("wireless")) || Files.exists(folder.resolve("phy80211"))) {
      return "wireless";
    }
    return Files.exists(folder.resolve("tun_flags")) ? "tunnel" : "wired";
  }
}
