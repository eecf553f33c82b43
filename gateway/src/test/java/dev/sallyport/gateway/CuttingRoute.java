package dev.sallyport.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.DeadlineSocket;
import dev.sallyport.transport.socket.PlainHttp;
import dev.sallyport.transport.socket.Route;

/** The straight way, but every so many connections all that were opened before break. */
final class CuttingRoute implements Route {
  private static final int EVERY = 5;

  private final List<DeadlineSocket> opened = new ArrayList<>();
  private int count;
  private int cuts;

  @Override
  public synchronized Connection open(String host, int port, Deadline deadline) throws IOException {
    Connection connection = Route.DIRECT.open(host, port, deadline);
    if (++count % EVERY == 0) {
      cuts++;
      for (DeadlineSocket socket : opened) {
        socket.close();
      }
      opened.clear();
    }
    opened.add(connection.bottom());
    return connection;
  }

  /** How often it broke. */
  synchronized int cuts() {
    return cuts;
  }

  @Override
  public PlainHttp plainHttp(String host, int port) {
    return Route.DIRECT.plainHttp(host, port);
  }

  @Override
  public String describe() {
    return "cutting";
  }
}
