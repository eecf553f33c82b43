package dev.sallyport.agent.proxy;

import java.util.List;

import dev.sallyport.transport.proxy.Routes;
import dev.sallyport.transport.proxy.discovery.EnvironmentSetting;
import dev.sallyport.transport.proxy.discovery.OwnSetting;
import dev.sallyport.transport.proxy.discovery.ProxyDiscovery;
import dev.sallyport.transport.proxy.pac.FetchedScripts;

/** How an agent on this machine finds its way through proxies. */
public final class ProxyRoutes {
  private ProxyRoutes() {
  }

  /** @param own as {@code --proxy} takes it, or empty */
  public static Routes of(String own) {
    return new ProxyDiscovery(
        List.of(new OwnSetting("--proxy", () -> own), new EnvironmentSetting(System::getenv)),
        new FetchedScripts(ScriptProcess.packaged()), List::of);
  }
}
