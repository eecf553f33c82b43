package dev.sallyport.transport.proxy.discovery;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.transport.proxy.ProxyAddress;
import dev.sallyport.transport.proxy.RefusedLogins;
import dev.sallyport.transport.proxy.Routes;
import dev.sallyport.transport.proxy.login.Tickets;
import dev.sallyport.transport.socket.Route;

/**
 * Asks one place after another for the way to a server until one says something that leads on. What it says is tried first and then the
 * straight way, because proxies go away. A place that makes no sense stands in the list as a route that fails with the reason, and the
 * next place is asked.
 */
public final class ProxyDiscovery implements Routes {
  private final List<ProxySource> sources;
  private final ProxyScripts scripts;
  private final ScriptFinder finder;
  private final Tickets tickets;
  private final RefusedLogins logins = new RefusedLogins(System::nanoTime);

  /**
   * @param sources in the order in which they count
   * @param scripts for settings that name a script
   * @param finder for settings that say that the network names one
   * @param tickets for proxies that ask for Kerberos
   */
  public ProxyDiscovery(List<ProxySource> sources, ProxyScripts scripts, ScriptFinder finder, Tickets tickets) {
    this.sources = List.copyOf(sources);
    this.scripts = scripts;
    this.finder = finder;
    this.tickets = tickets;
  }

  @Override
  public List<Route> to(String host, int port) {
    var ways = new ArrayList<Route>();
    for (ProxySource source : sources) {
      if (asks(source, host, port, ways)) {
        break;
      }
    }
    if (!ways.contains(Route.DIRECT)) {
      ways.add(Route.DIRECT);
    }
    return ways;
  }

  /** Whether this place led on. */
  private boolean asks(ProxySource source, String host, int port, List<Route> ways) {
    try {
      for (ProxySetting setting : source.settings(host, port)) {
        if (leadsOn(source, setting, host, port, ways)) {
          return true;
        }
      }
    } catch (IOException e) {
      ways.add(new UnusableRoute(source.name(), String.valueOf(e.getMessage())));
    }
    return false;
  }

  private boolean leadsOn(ProxySource source, ProxySetting setting, String host, int port, List<Route> ways) {
    return switch (setting) {
      case ProxySetting.Straight() -> ways.add(Route.DIRECT);
      case ProxySetting.Through(List<ProxyAddress> proxies) -> {
        proxies.forEach(proxy -> ways.add(logins.guard(proxy, tickets)));
        yield true;
      }
      case ProxySetting.Script(URI location) -> follows(location, host, port, ways);
      case ProxySetting.Detect() -> detects(source, host, port, ways);
    };
  }

  private boolean follows(URI location, String host, int port, List<Route> ways) {
    try {
      return ways.addAll(scripts.routes(location, host, port));
    } catch (IOException e) {
      ways.add(new UnusableRoute("proxy script " + location, String.valueOf(e.getMessage())));
      return false;
    }
  }

  private boolean detects(ProxySource source, String host, int port, List<Route> ways) {
    List<URI> found = finder.find();
    for (URI location : found) {
      if (follows(location, host, port, ways)) {
        return true;
      }
    }
    if (found.isEmpty()) {
      ways.add(
          new UnusableRoute(source.name(), "this network names no proxy script (WPAD), neither by DHCP nor by DNS"));
    }
    return false;
  }
}
