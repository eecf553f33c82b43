package dev.sallyport.agent;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.transport.ftp.FtpBinding;
import dev.sallyport.transport.ladder.Ladder;
import dev.sallyport.transport.ladder.Rungs;
import dev.sallyport.transport.poll.PollBinding;
import dev.sallyport.transport.proxy.Routes;
import dev.sallyport.transport.tcp.TcpBinding;
import dev.sallyport.transport.tls.TlsTrust;
import dev.sallyport.transport.websocket.WebSocketDialer;

/** How this agent reaches its server. */
final class Dialers {
  private Dialers() {
  }

  /**
   * Every way there is, best first. Believes the machine's own authorities, and the certificates pinned in the bundle.
   *
   * @param routes how to get through proxies
   */
  static Rungs ladder(List<Bytes> tlsPins, Routes routes) {
    TlsTrust trust = TlsTrust.system();
    if (!tlsPins.isEmpty()) {
      List<byte[]> pins = new ArrayList<>();
      for (Bytes pin : tlsPins) {
        pins.add(pin.toArray());
      }
      trust = trust.orPinned(pins);
    }
    return new Ladder(
        List.of(new WebSocketDialer(trust), TcpBinding.secured(trust), PollBinding.secured(trust), TcpBinding.plain(),
            PollBinding.plain(), new FtpBinding(trust)),
        routes);
  }
}
