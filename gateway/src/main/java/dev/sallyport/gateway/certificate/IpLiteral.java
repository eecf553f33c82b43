package dev.sallyport.gateway.certificate;

import java.net.InetAddress;
import java.util.Optional;

/** Tells addresses from names without asking DNS. */
final class IpLiteral {
  private IpLiteral() {
  }

  /** The 4 or 16 bytes of an address, or empty for a DNS name. */
  static Optional<byte[]> bytes(String name) {
    return address(name).map(InetAddress::getAddress);
  }

  /** The address as the JDK spells it, or empty for a DNS name. */
  static Optional<String> text(String name) {
    return address(name).map(InetAddress::getHostAddress);
  }

  private static Optional<InetAddress> address(String name) {
    boolean literal = name.indexOf(':') >= 0 || (!name.isEmpty() && name.chars().allMatch(c -> c == '.' || isDigit(c)));
    if (!literal) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
