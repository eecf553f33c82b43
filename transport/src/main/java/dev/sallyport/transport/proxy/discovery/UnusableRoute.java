package dev.sallyport.transport.proxy.discovery;

import java.io.IOException;

import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.PlainHttp;
import dev.sallyport.transport.socket.Route;

/** Stands where a setting led to no proxy, so that whoever reads why a server was not reached reads this, too. */
record UnusableRoute(String describe, String why) implements Route {
  @Override
  public Connection open(String host, int port, Deadline deadline) throws IOException {
    throw new IOException(why);
  }

  @Override
  public PlainHttp plainHttp(String host, int port) {
    return PlainHttp.asToTheServer(this, host, port);
  }
}
