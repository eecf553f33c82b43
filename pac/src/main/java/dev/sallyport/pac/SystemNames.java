package dev.sallyport.pac;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The names that this machine knows. */
final class SystemNames implements Names {
  private static final int MAX_LOOKUPS = 100;
  private static final int MAX_NAME_LENGTH = 253;
  private static final String LOOPBACK = "127.0.0.1";

  /** Nobody's address (RFC 5737). A datagram socket that is connected to it sends nothing and gets the address the machine would use. */
  private static final String ELSEWHERE = "192.0.2.1";

  private int lookups;

  @Override
  public String resolve(String host) {
    if (host.isEmpty() || host.length() > MAX_NAME_LENGTH || lookups++ >= MAX_LOOKUPS) {
      return "";
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (address instanceof Inet4Address) {
          return address.getHostAddress();
        }
      }
    } catch (UnknownHostException e) {
      return ""; // what the script asked
    }
    return "";
  }

  @Override
  public String own() {
    try (var socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(ELSEWHERE), 9));
      InetAddress own = socket.getLocalAddress();
      return own instanceof Inet4Address && !own.isAnyLocalAddress() ? own.getHostAddress() : LOOPBACK;
    } catch (IOException | java.io.UncheckedIOException e) {
      return LOOPBACK; // no network: what browsers say then
    }
  }
}
