package dev.sallyport.transport.socket;

import java.io.IOException;

/** No proxy sees the requests: they are written as to the server itself. */
record StraightHttp(Route route, String host, int port) implements PlainHttp {
  @Override
  public Connection open(Deadline deadline) throws IOException {
    return route.open(host, port, deadline);
  }

  @Override
  public String target(String path) {
    return path;
  }

  @Override
  public String headers(String method, String path) {
    return "";
  }

  @Override
  public boolean again(int status, String proxyAuthenticate) {
    return false;
  }
}
