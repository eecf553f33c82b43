package dev.sallyport.transport.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.transport.http.HttpAnswer;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.InputBuffer;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TlsLayer;
import dev.sallyport.transport.tls.TlsTrust;

/**
 * Through an HTTP proxy with CONNECT (RFC 9110 section 9.3.6). The login is shown only when the proxy asks for it, and on a connection of
 * its own, since many proxies close the one on which they asked.
 */
final class HttpProxyRoute implements Route {
  private static final int MAX_QUOTED = 120; // characters

  private final ProxyAddress proxy;
  private final ProxyLogin login;

  HttpProxyRoute(ProxyAddress proxy) {
    this.proxy = proxy;
    this.login = new ProxyLogin(proxy.login(), new SecureRandom());
  }

  @Override
  public String describe() {
    return proxy.describe();
  }

  @Override
  public Connection open(String host, int port, Deadline deadline) throws IOException {
    String target = ProxyAddress.place(host, port);
    Asked first = ask(target, "", deadline);
    if (first.answer().status() != HttpStatus.LOGIN_WANTED) {
      return first.usable(this, target);
    }
    first.connection().bottom().close();
    List<Challenge> offered = Challenge.parse(first.answer().header("proxy-authenticate"));
    String ways = offered.stream().map(Challenge::scheme).collect(Collectors.joining(", "));
    if (!proxy.login().isGiven()) {
      throw new IOException(describe() + " demands a log-in (" + PlainText.clean(ways, MAX_QUOTED)
          + "); give it user and password: http://user:password@" + ProxyAddress.place(proxy.host(), proxy.port()));
    }
    Optional<String> authorization = login.answer(offered, target);
    if (authorization.isEmpty()) {
      throw new IOException(describe() + " accepts only log-ins that this agent does not know ("
          + PlainText.clean(ways, MAX_QUOTED) + "); let it accept Digest or Basic, or let this server pass without");
    }
    Asked second = ask(target, "Proxy-Authorization: " + authorization.get() + "\r\n", deadline);
    if (second.answer().status() == HttpStatus.LOGIN_WANTED) {
      second.connection().bottom().close();
      throw new IOException(describe() + " does not accept the user name or password it was given");
    }
    return second.usable(this, target);
  }

  /** A connection to the proxy, and what it said to the wish to be connected. */
  private record Asked(Connection connection, HttpAnswer answer, boolean moreCame) {
    Connection usable(HttpProxyRoute route, String target) throws IOException {
      if (HttpStatus.isSuccess(answer.status()) && !moreCame) {
        return connection;
      }
      connection.bottom().close();
      throw new IOException(route.describe() + (moreCame && HttpStatus.isSuccess(answer.status())
          ? " said more than that the connection is there; it is no proxy, or one that speaks for the server"
          : HttpStatus.refusal(answer.status(), target)));
    }
  }

  private Asked ask(String target, String authorization, Deadline deadline) throws IOException {
    Connection connection = reach(deadline);
    try {
      OutputStream out = connection.top().getOutputStream();
      out.write(("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n" + authorization
          + "User-Agent: sallyport\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputBuffer in = new InputBuffer(connection.top().getInputStream());
      HttpAnswer answer = HttpAnswer.readOfProxy(in);
      return new Asked(connection, answer, !in.isEmpty());
    } catch (HttpAnswer.NotHttp e) {
      connection.bottom().close();
      throw new IOException(describe() + " does not speak HTTP (it said \""
          + PlainText.clean(String.valueOf(e.getMessage()), MAX_QUOTED) + "\"); check its address", e);
    } catch (SocketTimeoutException e) {
      connection.bottom().close();
      throw new IOException(describe() + " did not say in time whether it connects to " + target, e);
    } catch (EOFException e) {
      connection.bottom().close();
      throw new IOException(describe() + " closed the connection when it was asked for " + target, e);
    } catch (SocketException e) {
      connection.bottom().close();
      throw new IOException(describe() + " broke the connection (" + e.getMessage() + ")", e);
    } catch (IOException | RuntimeException e) {
      connection.bottom().close();
      throw e;
    }
  }

  private Connection reach(Deadline deadline) throws IOException {
    Connection connection = ProxyConnection.open(proxy, deadline);
    if (proxy.scheme() != ProxyAddress.Scheme.HTTPS) {
      return connection;
    }
    try {
      Socket secured = new TlsLayer(TlsTrust.system()).over(connection.top(), proxy.host(), proxy.port());
      return new Connection(connection.bottom(), secured);
    } catch (IOException | RuntimeException e) {
      connection.bottom().close();
      throw new IOException(describe() + ": " + e.getMessage(), e);
    }
  }
}
