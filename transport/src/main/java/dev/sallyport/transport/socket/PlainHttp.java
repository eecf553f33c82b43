package dev.sallyport.transport.socket;

import java.io.IOException;

/**
 * How requests in plain HTTP are written so that they reach one server over a route: a proxy wants to see the server in every request, and
 * perhaps a log-in. One value serves the connections of one caller, one after another; it is not for several threads.
 *
 * <pre>
 * PlainHttp http = route.plainHttp("server.example", 80);
 * Connection connection = http.open(deadline);
 * do { write: METHOD + ' ' + http.target(path) + " HTTP/1.1\r\nHost: …\r\n" + http.headers(METHOD, path) + …; read the answer with its body;
 * } while (http.again(answer.status(), answer.header("proxy-authenticate")));
 * </pre>
 *
 * If the connection ended before the request could be repeated, {@link #open} makes another; what was learnt is kept.
 */
public interface PlainHttp {
  /** For a route on which no proxy sees the requests: they are written as to the server itself. */
  static PlainHttp asToTheServer(Route route, String host, int port) {
    return new StraightHttp(route, host, port);
  }

  /**
   * Opens a connection that requests can be written to: to the server, or to the proxy in front of it.
   *
   * @throws IOException if none came about; the message says what failed, why, and what to do
   */
  Connection open(Deadline deadline) throws IOException;

  /**
   * What stands in the request line: the path itself, or the whole address of the server with it (RFC 9112 section 3.2.2).
   *
   * @param path with the query, beginning with a slash
   */
  String target(String path);

  /** Header lines for the proxy, each with its line end, or the empty text. They are secret: not for logs. */
  String headers(String method, String path);

  /**
   * Looks at every answer, of which also the body was read.
   *
   * @param status of the answer
   * @param proxyAuthenticate the values of that header, joined by commas; the empty text if there are none
   * @return whether the same request should be sent again, on the same connection if it is still open, with what {@link #headers} says now
   * @throws IOException if the proxy demands a log-in that cannot be given; the message says why and what to do
   */
  boolean again(int status, String proxyAuthenticate) throws IOException;
}
