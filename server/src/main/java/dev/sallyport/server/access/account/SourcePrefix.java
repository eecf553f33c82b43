package dev.sallyport.server.access.account;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Where a request comes from, as far as throttling cares: an IPv4 address, or the /64 of an IPv6 address, which is what
 * one customer line gets. It is the connection's own address: headers that claim another are not looked at (T29).
 */
public final class SourcePrefix {

  private static final int IPV6_PREFIX_BYTES = 8;

  private SourcePrefix() {
  }

  /** The prefix of the request's connection. */
  public static String of(HttpServletRequest request) {
    return of(request.getRemoteAddr());
  }

  static String of(String address) {
    String bare = address.startsWith("[") && address.endsWith("]")
        ? address.substring(1, address.length() - 1)
        : address;
    if (!bare.matches("[0-9a-fA-F:.]{2,45}")) { // only a literal: a name would be looked up
      throw new IllegalStateException("a request without its client's address");
    }
    try {
      InetAddress parsed = InetAddress.getByName(bare);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_PREFIX_BYTES)) + "/64"
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a request without its client's address", e);
    }
  }
}
