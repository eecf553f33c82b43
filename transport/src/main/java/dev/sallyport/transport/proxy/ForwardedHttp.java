package dev.sallyport.transport.proxy;

import java.io.IOException;

import dev.sallyport.transport.proxy.login.LoginExchange;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.PlainHttp;
import org.jspecify.annotations.Nullable;

/** Requests in plain HTTP that an HTTP proxy forwards: each names the whole address (RFC 9112 section 3.2.2). */
final class ForwardedHttp implements PlainHttp {
  private static final String PORT_OF_HTTP = ":80";

  private final HttpProxyRoute route;
  private final ProxyAddress proxy;
  private final String server;

  /** Of the proxy that asked for one; null as long as it did not. */
  private @Nullable LoginExchange login;

  /** @param place {@code host:port} of the server */
  ForwardedHttp(HttpProxyRoute route, ProxyAddress proxy, String place) {
    this.route = route;
    this.proxy = proxy;
    this.server = "http://" + (place.endsWith(PORT_OF_HTTP)
        ? place.substring(0, place.length() - PORT_OF_HTTP.length())
        : place);
  }

  @Override
  public Connection open(Deadline deadline) throws IOException {
    if (login != null) {
      login.reconnected();
    }
    return HttpProxyTalk.reach(proxy, deadline);
  }

  @Override
  public String target(String path) {
    return server + path;
  }

  @Override
  public String headers(String method, String path) {
    String credentials = login == null ? "" : login.credentials(method, target(path));
    return credentials.isEmpty() ? "" : "Proxy-Authorization: " + credentials + "\r\n";
  }

  @Override
  public boolean again(int status, String proxyAuthenticate) throws IOException {
    if (status != HttpStatus.LOGIN_WANTED) {
      if (login != null) {
        login.passed();
      }
      return false;
    }
    if (login == null) {
      login = route.begin(proxyAuthenticate);
    } else {
      route.requireStep(login, proxyAuthenticate);
    }
    return true;
  }
}
