package dev.sallyport.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ServerAddress.Scheme;
import dev.sallyport.transport.Binding;
import dev.sallyport.transport.ftp.FtpBinding;
import dev.sallyport.transport.poll.PollBinding;
import dev.sallyport.transport.tcp.TcpBinding;
import dev.sallyport.transport.websocket.WebSocketDialer;

/** The ways an agent may come to a gateway; what holds for one of them holds for all. */
public enum Transports {
  WEBSOCKET(Scheme.WSS), TLS(Scheme.TLS), HTTPS_POLL(Scheme.HTTPS), TCP(Scheme.TCP), HTTP_POLL(Scheme.HTTP), FTP(
      Scheme.FTP), FTPS(Scheme.FTPS), MEMORY(Scheme.WSS);

  /** Name and password of the account for files; neither needs an escape in an address. */
  static final String FTP_LOG_IN = "agents";
  private static final int FTP_LINKS = 100;
  private static final long FTP_BYTES = 256L << 20;

  private final Scheme door;

  Transports(Scheme door) {
    this.door = door;
  }

  /** The door it comes in by. */
  Scheme door() {
    return door;
  }

  /** How an agent dials this way. */
  public Binding binding(GatewayScene scene) {
    return switch (this) {
      case WEBSOCKET -> new WebSocketDialer(scene.trust());
      case TLS -> TcpBinding.secured(scene.trust());
      case HTTPS_POLL -> PollBinding.secured(scene.trust());
      case TCP -> TcpBinding.plain();
      case HTTP_POLL -> PollBinding.plain();
      case FTP, FTPS -> new FtpBinding(scene.trust());
      case MEMORY -> new MemoryDoor(scene.gateway());
    };
  }

  /** Places for files that a gateway needs for it. */
  List<FtpExchange> files(Path folder) {
    return switch (this) {
      case WEBSOCKET, TLS, HTTPS_POLL, TCP, HTTP_POLL, MEMORY -> List.of();
      case FTP, FTPS -> List
          .of(new FtpExchange.BuiltIn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "0",
              folder.resolve("exchange"), FTP_LOG_IN, Bytes.ofUtf8(FTP_LOG_IN), FTP_LINKS, FTP_BYTES));
    };
  }
}
