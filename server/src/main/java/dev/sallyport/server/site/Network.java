package dev.sallyport.server.site;

import java.net.InetAddress;

import dev.sallyport.protocol.ProtocolException;

/**
 * A range of IP addresses in CIDR notation (RFC 4632, RFC 4291), {@code 10.0.0.0/8} or {@code 2001:db8::/32} say.
 *
 * @param text as it was given
 */
public record Network(String text) {
  /** Most characters of a network. */
  public static final int MAX_LENGTH = 49;

  /** @throws ProtocolException if the text is not an address, a slash and a number of leading bits */
  public Network {
    var _ = parse(text);
  }

  /** Whether the address, a literal without a port, lies in this network; never asks a name server. */
  public boolean contains(String address) {
    byte[] candidate;
    try {
      candidate = InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
    Range range = parse(text);
    if (candidate.length != range.base.length) {
      return false;
    }
    for (int bit = 0; bit < range.bits; bit++) {
      int mask = 0x80 >>> bit % 8;
      if ((candidate[bit / 8] & mask) != (range.base[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static Range parse(String text) {
    int slash = text.indexOf('/');
    try {
      if (slash > 0 && text.length() <= MAX_LENGTH) {
        byte[] base = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
        int bits = Integer.parseInt(text.substring(slash + 1));
        if (bits >= 0 && bits <= base.length * 8) {
          return new Range(base, bits);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("expected a network such as 10.0.0.0/8 or 2001:db8::/32", e);
    }
    throw new ProtocolException("expected a network such as 10.0.0.0/8 or 2001:db8::/32");
  }

  private static final class Range {
    private final byte[] base;
    private final int bits;

    private Range(byte[] base, int bits) {
      this.base = base;
      this.bits = bits;
    }
  }
}
