package dev.sallyport.gateway;

import dev.sallyport.transport.Binding;
import dev.sallyport.transport.poll.PollBinding;
import dev.sallyport.transport.tcp.TcpBinding;
import dev.sallyport.transport.websocket.WebSocketDialer;

/** The ways an agent may come to a gateway; what holds for one of them holds for all. */
public enum Transports {
  WEBSOCKET, TLS, HTTPS_POLL, TCP, HTTP_POLL;

  /** How an agent dials this way. */
  public Binding binding(GatewayScene scene) {
    return switch (this) {
      case WEBSOCKET -> new WebSocketDialer(scene.trust());
      case TLS -> TcpBinding.secured(scene.trust());
      case HTTPS_POLL -> PollBinding.secured(scene.trust());
      case TCP -> TcpBinding.plain();
      case HTTP_POLL -> PollBinding.plain();
    };
  }
}
