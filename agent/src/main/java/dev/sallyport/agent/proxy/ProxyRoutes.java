package dev.sallyport.agent.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import dev.sallyport.transport.proxy.Routes;
import dev.sallyport.transport.proxy.discovery.EnvironmentSetting;
import dev.sallyport.transport.proxy.discovery.OwnSetting;
import dev.sallyport.transport.proxy.discovery.ProxyDiscovery;
import dev.sallyport.transport.proxy.discovery.ProxySource;
import dev.sallyport.transport.proxy.login.Tickets;
import dev.sallyport.transport.proxy.pac.FetchedScripts;
import dev.sallyport.transport.proxy.wpad.NetworkScripts;

/** How an agent on this machine finds its way through proxies. */
public final class ProxyRoutes {
  private static final String VARIABLE = "SALLYPORT_PROXY";

  private ProxyRoutes() {
  }

  /**
   * Asks the command line, the agent's own variable, what was set for it, the environment and the desktops, in this order.
   *
   * @param option as {@code --proxy} takes it, or empty
   * @param store where {@code proxy set} puts it
   */
  public static Routes of(String option, ProxyStore store) {
    return of(option, store, System::getenv);
  }

  /** @param environment asked at every attempt */
  static Routes of(String option, ProxyStore store, Supplier<Map<String, String>> environment) {
    Tickets tickets = TicketProcess.packaged(environment);
    return new ProxyDiscovery(
        List.of(new OwnSetting("--proxy", () -> option),
            new OwnSetting(VARIABLE, () -> environment.get().getOrDefault(VARIABLE, "")),
            new OwnSetting("stored proxy", store::read), new EnvironmentSetting(environment), desktop()),
        new FetchedScripts(ScriptProcess.packaged(), tickets), NetworkScripts.ofThisMachine(), tickets);
  }

  private static ProxySource desktop() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")
        ? new WindowsSettings()
        : new GnomeSettings();
  }
}
