package dev.sallyport.transport.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.transport.http.HttpAnswer;
import dev.sallyport.transport.http.HttpBody;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.InputBuffer;
import dev.sallyport.transport.tls.TlsLayer;
import dev.sallyport.transport.tls.TlsTrust;

/** A connection to an HTTP proxy on which it is asked for a connection to a server, once or more often. */
final class HttpProxyTalk {
  static final int MAX_QUOTED = 120; // characters

  /** Most bytes of the page that comes with a demand for a log-in; a proxy that has more to say is not listened to. */
  private static final int MAX_PAGE_BYTES = 256 << 10;

  private final ProxyAddress proxy;
  private final Connection connection;
  private final InputBuffer in;

  private HttpProxyTalk(ProxyAddress proxy, Connection connection) throws IOException {
    this.proxy = proxy;
    this.connection = connection;
    this.in = new InputBuffer(connection.top().getInputStream());
  }

  static HttpProxyTalk open(ProxyAddress proxy, Deadline deadline) throws IOException {
    return new HttpProxyTalk(proxy, reach(proxy, deadline));
  }

  /** The connection to the proxy itself, inside TLS if it is spoken to so. */
  static Connection reach(ProxyAddress proxy, Deadline deadline) throws IOException {
    Connection connection = ProxyConnection.open(proxy, deadline);
    if (proxy.scheme() != ProxyAddress.Scheme.HTTPS) {
      return connection;
    }
    try {
      Socket secured = new TlsLayer(TlsTrust.system()).over(connection.top(), proxy.host(), proxy.port());
      return new Connection(connection.bottom(), secured);
    } catch (IOException | RuntimeException e) {
      connection.bottom().close();
      throw new IOException(proxy.describe() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Asks for a connection to a server.
   *
   * @param credentials the value of {@code Proxy-Authorization}, or empty
   * @throws IOException if no answer came; the connection is closed then
   */
  HttpAnswer ask(String target, String credentials) throws IOException {
    try {
      OutputStream out = connection.top().getOutputStream();
      String authorization = credentials.isEmpty() ? "" : "Proxy-Authorization: " + credentials + "\r\n";
      out.write(("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n" + authorization
          + "User-Agent: sallyport\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return HttpAnswer.readOfProxy(in);
    } catch (IOException | RuntimeException e) {
      close();
      throw inWords(e, target);
    }
  }

  /** Reads the body of an answer away, so that the connection can be asked again. */
  void skipBody(HttpAnswer answer, String target) throws IOException {
    try {
      if (!HttpBody.staysOpen(answer)) {
        throw new EOFException();
      }
      var _ = HttpBody.read(answer, in, MAX_PAGE_BYTES);
    } catch (IOException | RuntimeException e) {
      close();
      throw inWords(e, target);
    }
  }

  private IOException inWords(Exception failure, String target) {
    String who = proxy.describe();
    return switch (failure) {
      case HttpAnswer.NotHttp e -> new IOException(who + " does not speak HTTP (it said \""
          + PlainText.clean(String.valueOf(e.getMessage()), MAX_QUOTED) + "\"); check its address", e);
      case SocketTimeoutException e ->
        new IOException(who + " did not say in time whether it connects to " + target, e);
      case EOFException e -> new IOException(who + " closed the connection when it was asked for " + target, e);
      case SocketException e -> new IOException(who + " broke the connection (" + e.getMessage() + ")", e);
      default -> new IOException(who + ": " + failure.getMessage(), failure);
    };
  }

  /** Whether the proxy said more than was asked. */
  boolean moreCame() {
    return !in.isEmpty();
  }

  Connection connection() {
    return connection;
  }

  void close() throws IOException {
    connection.bottom().close();
  }
}
