package dev.sallyport.transport.proxy.wpad;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.sallyport.transport.proxy.discovery.ProxySetting;
import dev.sallyport.transport.proxy.discovery.ScriptFinder;

/** Asks the network for its script: what DHCP told comes first, then the names of the local domain that exist. */
public final class NetworkScripts implements ScriptFinder {
  private static final Path RESOLVER = Path.of("/etc/resolv.conf");
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final int MAX_FILE_BYTES = 64 << 10;

  private final DhcpLeases leases;
  private final Supplier<List<String>> domains;
  private final Predicate<String> exists;
  private final InstantSource clock;

  NetworkScripts(DhcpLeases leases, Supplier<List<String>> domains, Predicate<String> exists, InstantSource clock) {
    this.leases = leases;
    this.domains = domains;
    this.exists = exists;
    this.clock = clock;
  }

  /** What this machine knows of its network, looked up anew every time. */
  public static NetworkScripts ofThisMachine() {
    return new NetworkScripts(DhcpLeases.ofThisMachine(), NetworkScripts::ownDomains, NetworkScripts::resolves,
        InstantSource.system());
  }

  @Override
  public List<URI> find() {
    var found = new ArrayList<URI>();
    for (String address : leases.scripts(clock.instant())) {
      add(address, found);
    }
    found.addAll(WpadNames.scripts(WpadNames.of(domains.get()).stream().filter(exists).toList()));
    return found.stream().distinct().toList();
  }

  /** A server of the network says it, so it must be on the network. */
  private static void add(String address, List<URI> found) {
    try {
      URI location = ProxySetting.script(address).location();
      if (!"file".equalsIgnoreCase(location.getScheme())) {
        found.add(location);
      }
    } catch (IllegalArgumentException e) {
      return; // an address that nobody understands
    }
  }

  private static List<String> ownDomains() {
    var domains = new ArrayList<String>();
    domains.addAll(domainsOfResolver(text(RESOLVER)));
    String host = text(HOST_NAME).strip();
    if (host.indexOf('.') > 0) {
      domains.add(host.substring(host.indexOf('.') + 1));
    }
    if (!Files.exists(RESOLVER)) {
      domains.add(domainOfName());
    }
    return domains;
  }

  /** What {@code resolv.conf} names. */
  static List<String> domainsOfResolver(String text) {
    var domains = new ArrayList<String>();
    for (String line : text.lines().map(String::strip).toList()) {
      String[] words = line.split("[ \t]+", -1);
      if (words[0].equals("search") || words[0].equals("domain")) {
        domains.addAll(List.of(words).subList(1, words.length));
      }
    }
    return domains;
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) && Files.size(file) <= MAX_FILE_BYTES ? Files.readString(file) : "";
    } catch (IOException e) {
      return ""; // as if nothing stood there
    }
  }

  /** On Windows the name of the machine says it. */
  private static String domainOfName() {
    try {
      String name = InetAddress.getLocalHost().getCanonicalHostName();
      return name.substring(name.indexOf('.') + 1);
    } catch (UnknownHostException e) {
      return "";
    }
  }

  private static boolean resolves(String name) {
    try {
      return InetAddress.getAllByName(name).length > 0;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
