package dev.sallyport.transport.proxy;

import java.io.IOException;

import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.PlainHttp;
import dev.sallyport.transport.socket.Route;

/** A route through a proxy that minds what {@link RefusedLogins} remember of it, and adds to it. */
final class GuardedRoute implements Route {
  private final Route route;
  private final ProxyAddress proxy;
  private final RefusedLogins logins;

  GuardedRoute(Route route, ProxyAddress proxy, RefusedLogins logins) {
    this.route = route;
    this.proxy = proxy;
    this.logins = logins;
  }

  @Override
  public Connection open(String host, int port, Deadline deadline) throws IOException {
    logins.check(proxy);
    try {
      Connection connection = route.open(host, port, deadline);
      logins.passed(proxy);
      return connection;
    } catch (LoginRefusedException e) {
      logins.refused(proxy);
      throw e;
    }
  }

  @Override
  public PlainHttp plainHttp(String host, int port) {
    return new Requests(route.plainHttp(host, port));
  }

  @Override
  public String describe() {
    return route.describe();
  }

  private final class Requests implements PlainHttp {
    private final PlainHttp http;

    Requests(PlainHttp http) {
      this.http = http;
    }

    @Override
    public Connection open(Deadline deadline) throws IOException {
      logins.check(proxy);
      try {
        return http.open(deadline);
      } catch (LoginRefusedException e) {
        logins.refused(proxy);
        throw e;
      }
    }

    @Override
    public String target(String path) {
      return http.target(path);
    }

    @Override
    public String headers(String method, String path) {
      return http.headers(method, path);
    }

    @Override
    public boolean again(int status, String proxyAuthenticate) throws IOException {
      try {
        boolean again = http.again(status, proxyAuthenticate);
        if (!again) {
          logins.passed(proxy);
        }
        return again;
      } catch (LoginRefusedException e) {
        logins.refused(proxy);
        throw e;
      }
    }
  }
}
