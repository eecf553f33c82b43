package dev.sallyport.agent.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.transport.proxy.NoProxy;
import dev.sallyport.transport.proxy.ProxyAddress;
import dev.sallyport.transport.proxy.discovery.ProxySetting;
import dev.sallyport.transport.proxy.login.Login;

/** Reads what {@code gsettings list-recursively org.gnome.system.proxy} says; what is not understood is left out. */
final class GnomeProxy {
  private static final int PORT_OF_HTTP = 80;
  private static final int MAX_PORT = 65_535;

  /** By schema and name: {@code org.gnome.system.proxy.http host}. */
  private final Map<String, String> values = new HashMap<>();

  private GnomeProxy(String listing) {
    for (String line : listing.split("\n", -1)) {
      String[] words = line.split(" ", 3);
      if (words.length == 3) {
        values.put(words[0] + " " + words[1], words[2].strip());
      }
    }
  }

  static List<ProxySetting> settings(String listing, String host, int port) {
    var settings = new GnomeProxy(listing);
    return switch (settings.text("", "mode")) {
      case "manual" -> settings.manual(host, port);
      case "auto" -> settings.automatic();
      default -> List.of();
    };
  }

  private List<ProxySetting> manual(String host, int port) {
    if (new NoProxy(String.join(",", list("ignore-hosts"))).covers(host, port)) {
      return List.of(new ProxySetting.Straight());
    }
    var proxies = new ArrayList<ProxyAddress>();
    add(proxies, port == PORT_OF_HTTP ? ".http" : ".https", ProxyAddress.Scheme.HTTP);
    add(proxies, ".socks", ProxyAddress.Scheme.SOCKS5);
    return proxies.isEmpty() ? List.of() : List.of(new ProxySetting.Through(proxies));
  }

  private void add(List<ProxyAddress> proxies, String schema, ProxyAddress.Scheme scheme) {
    String host = text(schema, "host").strip();
    int port = number(schema, "port");
    if (!host.isEmpty() && port > 0 && port <= MAX_PORT) {
      proxies.add(new ProxyAddress(scheme, host, port, login()));
    }
  }

  /** There is one log-in, that of the proxy for HTTP. */
  private Login login() {
    return value(".http", "use-authentication").equals("true")
        ? new Login(text(".http", "authentication-user"), text(".http", "authentication-password"))
        : Login.NONE;
  }

  private List<ProxySetting> automatic() {
    String location = text("", "autoconfig-url").strip();
    if (location.isEmpty()) {
      return List.of(new ProxySetting.Detect());
    }
    return DesktopScript.at(location);
  }

  private String value(String schema, String name) {
    return values.getOrDefault("org.gnome.system.proxy" + schema + " " + name, "");
  }

  private int number(String schema, String name) {
    String value = value(schema, name);
    String digits = value.substring(value.lastIndexOf(' ') + 1); // with its type before it: uint32 8080
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      return 0; // as if it were not set
    }
  }

  private String text(String schema, String name) {
    List<String> texts = texts(value(schema, name));
    return texts.isEmpty() ? "" : texts.getFirst();
  }

  private List<String> list(String name) {
    return texts(value("", name));
  }

  /** The texts in a value of GLib: each in quotes of either kind, with backslashes. */
  private static List<String> texts(String value) {
    var texts = new ArrayList<String>();
    for (int at = 0; at < value.length(); at++) {
      char quote = value.charAt(at);
      if (quote == '\'' || quote == '"') {
        var text = new StringBuilder();
        for (at++; at < value.length() && value.charAt(at) != quote; at++) {
          if (value.charAt(at) == '\\' && at + 1 < value.length()) {
            at++;
          }
          text.append(value.charAt(at));
        }
        texts.add(text.toString());
      }
    }
    return texts;
  }
}
