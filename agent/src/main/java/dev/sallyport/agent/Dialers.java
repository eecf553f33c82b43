package dev.sallyport.agent;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.transport.Dialer;
import dev.sallyport.transport.proxy.RoutedDialer;
import dev.sallyport.transport.proxy.Routes;
import dev.sallyport.transport.tls.TlsTrust;
import dev.sallyport.transport.websocket.WebSocketDialer;

/** How this agent reaches its server. */
final class Dialers {
  private Dialers() {
  }

  /**
   * Believes the machine's own authorities, and the certificates pinned in the bundle.
   *
   * @param routes how to get through proxies
   */
  static Dialer of(List<Bytes> tlsPins, Routes routes) {
    TlsTrust trust = TlsTrust.system();
    if (!tlsPins.isEmpty()) {
      List<byte[]> pins = new ArrayList<>();
      for (Bytes pin : tlsPins) {
        pins.add(pin.toArray());
      }
      trust = trust.orPinned(pins);
    }
    return new RoutedDialer(new WebSocketDialer(trust), routes);
  }
}
