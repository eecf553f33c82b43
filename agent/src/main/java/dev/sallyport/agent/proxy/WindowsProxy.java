package dev.sallyport.agent.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.sallyport.transport.proxy.ProxyAddress;
import dev.sallyport.transport.proxy.discovery.ProxySetting;

/** Reads the Internet settings of Windows: looking in the network, a script, a proxy, in this order, as Windows tries them. */
final class WindowsProxy {
  /** Where the switches stand in {@code DefaultConnectionSettings}, as hexadecimal digits; one of them is "detect settings automatically". */
  private static final int SWITCHES_AT = 2 * 8;
  private static final int DETECT = 8;
  private static final int HEX = 16;
  private static final int PORT_OF_HTTP = 80;
  private static final String PLAIN_NAMES = "<local>";

  private WindowsProxy() {
  }

  /** @param values by lower-case name, as {@code reg.exe} writes them */
  static List<ProxySetting> settings(Map<String, String> values, String host, int port) {
    var settings = new ArrayList<ProxySetting>();
    if (detects(values.getOrDefault("defaultconnectionsettings", ""))) {
      settings.add(new ProxySetting.Detect());
    }
    settings.addAll(DesktopScript.at(values.getOrDefault("autoconfigurl", "")));
    if (values.getOrDefault("proxyenable", "").equalsIgnoreCase("0x1")) {
      if (isException(values.getOrDefault("proxyoverride", ""), host)) {
        settings.add(new ProxySetting.Straight());
      } else {
        proxy(values.getOrDefault("proxyserver", ""), port).ifPresent(settings::add);
      }
    }
    return settings;
  }

  private static boolean detects(String binary) {
    if (binary.length() < SWITCHES_AT + 2) {
      return false;
    }
    int high = Character.digit(binary.charAt(SWITCHES_AT), HEX);
    int low = Character.digit(binary.charAt(SWITCHES_AT + 1), HEX);
    return high >= 0 && low >= 0 && ((high * HEX + low) & DETECT) != 0;
  }

  /** {@code host:port} for all protocols, or {@code http=host:port;https=host:port;socks=host:port}. */
  private static Optional<ProxySetting> proxy(String server, int port) {
    if (server.indexOf('=') < 0) {
      return address("http://", server);
    }
    String own = port == PORT_OF_HTTP ? "http=" : "https=";
    Optional<ProxySetting> socks = Optional.empty();
    for (String part : server.split(";", -1)) {
      String entry = part.strip().toLowerCase(Locale.ROOT);
      if (entry.startsWith(own)) {
        return address("http://", entry.substring(own.length()));
      }
      if (entry.startsWith("socks=")) {
        socks = address("socks4a://", entry.substring("socks=".length())); // as Windows speaks it
      }
    }
    return socks;
  }

  private static Optional<ProxySetting> address(String scheme, String place) {
    try {
      String text = place.strip();
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(new ProxySetting.Through(
              List.of(ProxyAddress.of(text.contains("://") ? text : scheme + text))));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // what no browser understands either
    }
  }

  private static boolean isException(String override, String host) {
    String name = host.toLowerCase(Locale.ROOT);
    for (String part : override.toLowerCase(Locale.ROOT).split(";", -1)) {
      String entry = part.strip();
      boolean covers = entry.equals(PLAIN_NAMES)
          ? name.indexOf('.') < 0 && name.indexOf(':') < 0
          : !entry.isEmpty() && fits(name, entry);
      if (covers) {
        return true;
      }
    }
    return false;
  }

  /** Whether a name fits a pattern in which stars stand for anything. */
  private static boolean fits(String name, String pattern) {
    String[] parts = pattern.split("\\*", -1);
    if (parts.length == 1) {
      return name.equals(pattern);
    }
    if (!name.startsWith(parts[0])) {
      return false;
    }
    int at = parts[0].length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = name.indexOf(parts[i], at);
      if (found < 0) {
        return false;
      }
      at = found + parts[i].length();
    }
    String last = parts[parts.length - 1];
    return name.length() - last.length() >= at && name.endsWith(last);
  }
}
