package dev.sallyport.transport.socket;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Straight to the server (only the operating system's own name lookup cannot be cut short). */
final class DirectRoute implements Route {
  @Override
  public Connection open(String host, int port, Deadline deadline) throws IOException {
    var socket = new DeadlineSocket(deadline);
    try {
      connect(socket, host, port, deadline);
      return new Connection(socket, socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public PlainHttp plainHttp(String host, int port) {
    return PlainHttp.asToTheServer(this, host, port);
  }

  @Override
  public String describe() {
    return "direct";
  }

  private static void connect(DeadlineSocket socket, String host, int port, Deadline deadline) throws IOException {
    String place = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    try {
      InetAddress found = InetAddress.getByName(host);
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(found, port), deadline.remainingMillis());
    } catch (UnknownHostException e) {
      throw new IOException("the name " + host + " is not known here; check the spelling and DNS", e);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          place + " did not answer in time; a firewall may drop the connection, or the server is down", e);
    } catch (NoRouteToHostException e) {
      throw new IOException(place + " cannot be reached from this network: " + e.getMessage(), e);
    } catch (ConnectException e) {
      throw new IOException(place + " refused the connection; see whether the server runs and the port is right", e);
    } catch (SocketException e) {
      throw new IOException(place + " cannot be reached: " + e.getMessage(), e);
    }
  }
}
