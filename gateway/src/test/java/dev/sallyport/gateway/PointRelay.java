package dev.sallyport.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** Stands between an agent and a port, and cuts the next connection after exactly so many bytes of one direction. */
final class PointRelay implements AutoCloseable {
  /** Points inside long words, between their ends, lie so many bytes apart. */
  private static final int STRIDE = 211;

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final ConcurrentSkipListSet<Integer> upEnds = new ConcurrentSkipListSet<>();
  private final ConcurrentSkipListSet<Integer> downEnds = new ConcurrentSkipListSet<>();
  private volatile Point next = new Point(true, Integer.MAX_VALUE);

  /**
   * Where a connection is cut.
   *
   * @param up in what the agent says, or in what the server says
   * @param bytes so many of them arrive
   */
  record Point(boolean up, int bytes) {}

  PointRelay(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void cutNext(Point point) {
    next = point;
  }

  /** The points worth it, by what passed so far: around the end of each word that was said, and some in each long one. */
  List<Point> points() {
    var points = new ArrayList<Point>();
    around(upEnds).forEach(bytes -> points.add(new Point(true, bytes)));
    around(downEnds).forEach(bytes -> points.add(new Point(false, bytes)));
    return points;
  }

  private static Set<Integer> around(ConcurrentSkipListSet<Integer> ends) {
    var around = new TreeSet<Integer>();
    int last = 0;
    for (int end : ends) {
      for (int inside = last + STRIDE; inside < end; inside += STRIDE) {
        around.add(inside);
      }
      around.add(Math.max(0, end - 1));
      around.add(end);
      around.add(end + 1);
      last = end;
    }
    return around;
  }

  private void accept() {
    try {
      while (true) {
        Socket front = listener.accept();
        Socket back = new Socket(InetAddress.getLoopbackAddress(), target);
        Point point = next;
        Thread.ofVirtual().start(() -> carry(front, back, point.up() ? point.bytes() : Integer.MAX_VALUE, upEnds));
        Thread.ofVirtual().start(() -> carry(back, front, point.up() ? Integer.MAX_VALUE : point.bytes(), downEnds));
      }
    } catch (IOException e) {
      close();
    }
  }

  private static void carry(Socket from, Socket to, int bytes, ConcurrentSkipListSet<Integer> ends) {
    byte[] buffer = new byte[64 * 1024];
    int passed = 0;
    try (from; to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        int some = Math.min(read, bytes - passed);
        out.write(buffer, 0, some);
        passed += some;
        if (passed == bytes) {
          return;
        }
        ends.add(passed);
      }
    } catch (IOException e) {
      return; // ended from the other side
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
