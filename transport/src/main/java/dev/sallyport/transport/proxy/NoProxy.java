package dev.sallyport.transport.proxy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Servers that are to be reached without a proxy, as {@code NO_PROXY} lists them, by commas: names with all names below them ({@code
 * example.org} and {@code .example.org} mean the same), addresses, networks ({@code 10.0.0.0/8}, {@code fd00::/8}), any of
 * these with a port, and {@code *} for all.
 */
public final class NoProxy {
  /** Most entries that are read. */
  private static final int MAX_ENTRIES = 1_000;

  private final List<Entry> entries = new ArrayList<>();

  /** @param list with commas */
  public NoProxy(String list) {
    for (String part : list.split(",", MAX_ENTRIES)) {
      String text = part.strip().toLowerCase(Locale.ROOT);
      if (!text.isEmpty()) {
        entries.add(entry(text));
      }
    }
  }

  /** Whether this server is to be reached without a proxy. */
  public boolean covers(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    byte[] address = literal(name);
    return entries.stream().anyMatch(entry -> entry.covers(name, address, port));
  }

  /**
   * @param network the bytes of an address, empty for a name
   * @param bits of the network that count
   * @param port 0 for any
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(String name, byte[] network, int bits, int port) {
    boolean covers(String host, byte[] address, int hostPort) {
      if (port != 0 && port != hostPort) {
        return false;
      }
      if (name.equals("*")) {
        return true;
      }
      return network.length > 0 ? inNetwork(address) : host.equals(name) || host.endsWith("." + name);
    }

    private boolean inNetwork(byte[] address) {
      if (address.length != network.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if (((address[bit / Byte.SIZE] ^ network[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private static Entry entry(String text) {
    int slash = text.indexOf('/');
    if (slash > 0) {
      byte[] network = literal(text.substring(0, slash));
      int bits = number(text.substring(slash + 1));
      if (network.length > 0 && bits >= 0 && bits <= network.length * Byte.SIZE) {
        return new Entry(text, network, bits, 0);
      }
    }
    byte[] whole = literal(text);
    int colon = text.lastIndexOf(':');
    int port = whole.length == 0 && colon > 0 ? Math.max(number(text.substring(colon + 1)), 0) : 0;
    String host = port == 0 ? text : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    byte[] address = literal(host);
    String name = host.startsWith("*.") ? host.substring(2) : host.startsWith(".") ? host.substring(1) : host;
    return new Entry(name, address, address.length * Byte.SIZE, port);
  }

  /** A number, or -1 if it is none. */
  private static int number(String text) {
    if (text.isEmpty() || text.length() > 5) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static byte[] literal(String host) {
    try {
      return InetAddress.ofLiteral(host).getAddress();
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
