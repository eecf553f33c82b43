package dev.sallyport.transport.proxy.pac;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.transport.proxy.ProxyAddress;
import dev.sallyport.transport.proxy.login.Tickets;
import dev.sallyport.transport.socket.Route;

/** Reads what a proxy script returns: {@code PROXY a:8080; SOCKS5 b:1080; DIRECT}. */
public final class ScriptAnswer {
  /** Most characters of an answer. */
  public static final int MAX_LENGTH = 4_096;

  /** Most proxies that are tried of those it names. */
  private static final int MAX_ROUTES = 16;
  private static final int MAX_QUOTED = 120; // characters

  private ScriptAnswer() {
  }

  /**
   * The routes in the order of the answer. Nothing said means straight ahead; what is not understood is left out.
   *
   * @throws IOException if nothing of it is understood
   */
  static List<Route> routes(String answer, Tickets tickets) throws IOException {
    var routes = new ArrayList<Route>();
    for (String entry : answer.split(";", -1)) {
      if (routes.size() < MAX_ROUTES) {
        route(entry.strip(), tickets).ifPresent(routes::add);
      }
    }
    if (routes.isEmpty() && !answer.isBlank()) {
      throw new IOException("it says \"" + PlainText.clean(answer, MAX_QUOTED) + "\", which names no proxy");
    }
    return routes.isEmpty() ? List.of(Route.DIRECT) : routes;
  }

  private static Optional<Route> route(String entry, Tickets tickets) {
    int blank = entry.indexOf(' ');
    if (blank < 0) {
      return entry.equalsIgnoreCase("DIRECT") ? Optional.of(Route.DIRECT) : Optional.empty();
    }
    return switch (entry.substring(0, blank).toUpperCase(Locale.ROOT)) {
      case "PROXY", "HTTP" -> proxy("http://", entry.substring(blank), tickets);
      case "HTTPS" -> proxy("https://", entry.substring(blank), tickets);
      case "SOCKS5" -> proxy("socks5://", entry.substring(blank), tickets);
      case "SOCKS", "SOCKS4" -> proxy("socks4a://", entry.substring(blank), tickets);
      default -> Optional.empty();
    };
  }

  /** A log-in has no place in a script that everybody can read. */
  private static Optional<Route> proxy(String scheme, String place, Tickets tickets) {
    if (place.indexOf('@') >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(ProxyAddress.of(scheme + place.strip()).route(tickets));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // whoever wrote it finds it in the answer that is quoted if nothing else is there
    }
  }
}
