package dev.sallyport.gateway.admission;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Where a connection comes from, as far as limits are concerned: one IPv4 address, or one IPv6 /64, which is the least that
 * a single customer is given.
 *
 * @param prefix the 32 or the first 64 bits
 * @param version 4 or 6
 */
public record Source(long prefix, int version) {
  private static final int IPV4_BYTES = 4;

  /** The source of an address; IPv6 forms of IPv4 addresses are IPv4. */
  public static Source of(InetAddress address) {
    byte[] bytes = address.getAddress();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length == IPV4_BYTES ? new Source(buffer.getInt() & 0xFFFF_FFFFL, 4) : new Source(buffer.getLong(), 6);
  }
}
