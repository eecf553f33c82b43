package dev.sallyport.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TestIdentity;
import dev.sallyport.transport.tls.TlsLayer;
import dev.sallyport.transport.tls.TlsTrust;

/** A company's proxy that opens TLS: shows a certificate of its own to whoever calls, and reads along. */
final class Inspector implements AutoCloseable {
  private final ServerSocket listener;
  private final int gatewayPort;
  private final TlsLayer towardsGateway;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();

  Inspector(TestIdentity shown, int gatewayPort, TlsTrust trust) throws IOException {
    this.listener = shown.server().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.gatewayPort = gatewayPort;
    this.towardsGateway = new TlsLayer(trust);
    Thread.ofPlatform().daemon().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** All that it has read so far, of both directions. */
  String readAlong() {
    synchronized (read) {
      return read.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket inner = listener.accept();
        Connection below = Route.DIRECT.open("localhost", gatewayPort, Deadline.in(GatewayScene.PATIENCE));
        Socket outer = towardsGateway.over(below.top(), "localhost", gatewayPort);
        below.bottom().dialed();
        Thread.ofVirtual().start(() -> copy(inner, outer));
        Thread.ofVirtual().start(() -> copy(outer, inner));
      } catch (IOException e) {
        return; // closed: the test is over, or about to fail for want of a connection
      }
    }
  }

  private void copy(Socket from, Socket to) {
    try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[8_192];
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        synchronized (read) {
          read.write(buffer, 0, count);
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      return; // one of the two has gone
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
