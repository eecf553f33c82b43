package dev.sallyport.transport.proxy.discovery;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

import dev.sallyport.transport.proxy.ProxyAddress;

/** What one place says of the way to a server. */
public sealed interface ProxySetting {
  /** The word for no proxy whatever else is said. */
  String DIRECT = "direct";
  /** The word for looking in the network for a script. */
  String DETECT = "wpad";
  /** What stands before the address of a script. */
  String SCRIPT = "pac+";

  /** No proxy. */
  record Straight() implements ProxySetting {}

  /**
   * These proxies.
   *
   * @param proxies one or more, in this order
   */
  record Through(List<ProxyAddress> proxies) implements ProxySetting {
    public Through {
      proxies = List.copyOf(proxies);
    }
  }

  /**
   * Those that a script names (PAC).
   *
   * @param location {@code http}, {@code https} or {@code file}
   */
  record Script(URI location) implements ProxySetting {}

  /** Those that a script names which the network offers (WPAD). */
  record Detect() implements ProxySetting {}

  /**
   * Reads a setting as people write it: {@code direct}, {@code wpad}, {@code pac+https://host/proxy.pac}, or a proxy's address.
   *
   * @throws IllegalArgumentException if it is none; the message says what to write and repeats nothing, for it may hold a password
   */
  static ProxySetting of(String text) {
    if (text.equals(DIRECT)) {
      return new Straight();
    }
    if (text.equals(DETECT)) {
      return new Detect();
    }
    return text.startsWith(SCRIPT)
        ? script(text.substring(SCRIPT.length()))
        : new Through(List.of(ProxyAddress.of(text)));
  }

  /**
   * Reads the address of a script.
   *
   * @throws IllegalArgumentException if there cannot be one
   */
  static Script script(String text) {
    try {
      URI location = new URI(text);
      boolean usable = switch (String.valueOf(location.getScheme()).toLowerCase(Locale.ROOT)) {
        case "http", "https" -> location.getHost() != null && location.getUserInfo() == null;
        case "file" -> location.getPath() != null && location.getHost() == null;
        default -> false;
      };
      if (usable) {
        return new Script(location);
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("this is no address of a script; " + Words.SCRIPT_FORM); // the cause would quote it
    }
    throw new IllegalArgumentException("a script comes from http, https or a file; " + Words.SCRIPT_FORM);
  }
}
