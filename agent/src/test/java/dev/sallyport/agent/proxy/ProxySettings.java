package dev.sallyport.agent.proxy;

import java.util.ArrayList;

import dev.sallyport.transport.proxy.ProxyAddress;
import dev.sallyport.transport.proxy.discovery.ProxySetting;

/** Settings as tests expect them. */
final class ProxySettings {
  private ProxySettings() {
  }

  static ProxySetting through(String... proxies) {
    var addresses = new ArrayList<ProxyAddress>();
    for (String proxy : proxies) {
      addresses.add(ProxyAddress.of(proxy));
    }
    return new ProxySetting.Through(addresses);
  }
}
