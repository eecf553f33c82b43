package dev.sallyport.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between an agent and a port, and cuts every connection after some bytes, in whatever is just being said. */
final class CuttingRelay implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cuts = new AtomicInteger();
  private final int target;
  private final Random random;
  private final int leastBytes;
  private final int mostBytes;

  /** Each connection lives for a number of bytes between these, in one direction or the other. */
  CuttingRelay(int target, long seed, int leastBytes, int mostBytes) throws IOException {
    this.target = target;
    this.random = new Random(seed);
    this.leastBytes = leastBytes;
    this.mostBytes = mostBytes;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  int cuts() {
    return cuts.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket front = listener.accept();
        Socket back = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(front);
        open.add(back);
        boolean up = random.nextBoolean();
        int bytes = random.nextInt(leastBytes, mostBytes);
        Thread.ofVirtual().start(() -> carry(front, back, up ? bytes : Integer.MAX_VALUE));
        Thread.ofVirtual().start(() -> carry(back, front, up ? Integer.MAX_VALUE : bytes));
      }
    } catch (IOException e) {
      close();
    }
  }

  private void carry(Socket from, Socket to, int bytes) {
    byte[] buffer = new byte[4_096];
    int left = bytes;
    try (from; to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) {
        int passed = Math.min(read, left);
        out.write(buffer, 0, passed);
        left -= passed;
        if (left == 0) {
          cuts.incrementAndGet();
          return;
        }
      }
    } catch (IOException e) {
      return; // cut from the other side
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
