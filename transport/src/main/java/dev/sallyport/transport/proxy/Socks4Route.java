package dev.sallyport.transport.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.PlainHttp;
import dev.sallyport.transport.socket.Route;

/** Through a SOCKS 4a proxy, which looks names up itself and knows users but no passwords. */
final class Socks4Route implements Route {
  private static final int VERSION = 4;
  private static final int CONNECT = 1;
  private static final int GRANTED = 0x5A;
  private static final int WRONG_USER = 0x5D;
  private static final int REST_OF_ANSWER = 6;
  private static final int MAX_TEXT_BYTES = 255;

  private final ProxyAddress proxy;

  Socks4Route(ProxyAddress proxy) {
    this.proxy = proxy;
  }

  @Override
  public PlainHttp plainHttp(String host, int port) {
    return PlainHttp.asToTheServer(this, host, port);
  }

  @Override
  public String describe() {
    return proxy.describe();
  }

  @Override
  public Connection open(String host, int port, Deadline deadline) throws IOException {
    Connection connection = ProxyConnection.open(proxy, deadline);
    try {
      ask(connection.top().getOutputStream(), host, port);
      answer(connection.top().getInputStream(), ProxyAddress.place(host, port));
      return connection;
    } catch (SocketTimeoutException e) {
      connection.bottom().close();
      throw new IOException(describe() + " did not answer in time", e);
    } catch (SocketException e) {
      connection.bottom().close();
      throw new IOException(describe() + " broke the connection (" + e.getMessage() + ")", e);
    } catch (IOException | RuntimeException e) {
      connection.bottom().close();
      throw e;
    }
  }

  /** The address 0.0.0.1 says that a name follows. */
  private void ask(OutputStream out, String host, int port) throws IOException {
    var request = new ByteArrayOutputStream();
    request.writeBytes(new byte[]{VERSION, CONNECT, (byte) (port >> 8), (byte) port, 0, 0, 0, 1});
    text(request, proxy.login().user());
    text(request, host);
    out.write(request.toByteArray());
    out.flush();
  }

  private void text(ByteArrayOutputStream request, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_TEXT_BYTES || text.indexOf(0) >= 0) {
      throw new IOException(
          describe() + ": a host or user name has at most " + MAX_TEXT_BYTES + " bytes and no zero byte");
    }
    request.writeBytes(bytes);
    request.write(0);
  }

  private void answer(InputStream in, String target) throws IOException {
    int zero = in.read();
    int reply = in.read();
    if (zero != 0 || reply < 0 || in.readNBytes(REST_OF_ANSWER).length < REST_OF_ANSWER) {
      throw new EOFException(describe() + " closed the connection or does not speak SOCKS 4; check its address");
    }
    if (reply != GRANTED) {
      throw new IOException(describe() + (reply >= WRONG_USER - 1
          ? " does not know the user it was given"
          : " could not or would not connect to " + target + "; see what it allows"));
    }
  }
}
