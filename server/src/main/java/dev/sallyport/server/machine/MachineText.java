package dev.sallyport.server.machine;

import java.net.InetAddress;

import dev.sallyport.protocol.PlainText;

/** Makes what a machine says of itself fit to be stored: one line, no characters that act, not too long (incident T19). */
final class MachineText {
  /** Most characters kept of any text. */
  static final int MAX_LENGTH = 255;

  private MachineText() {
  }

  static String line(String said) {
    return PlainText.clean(said, MAX_LENGTH);
  }

  /** The address as a literal, without the name of one of this server's interfaces. */
  static String address(InetAddress address) {
    String literal = address.getHostAddress();
    int zone = literal.indexOf('%');
    return zone < 0 ? literal : literal.substring(0, zone);
  }
}
