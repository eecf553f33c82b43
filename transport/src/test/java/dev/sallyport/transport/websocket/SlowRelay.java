package dev.sallyport.transport.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

import dev.sallyport.protocol.ServerAddress;

/** Relays bytes, and can let the first half of the next piece pass while the second waits for a latch. */
final class SlowRelay implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final CountDownLatch release;
  private volatile boolean holding;

  SlowRelay(int port, CountDownLatch release) throws IOException {
    this.release = release;
    Thread.ofVirtual().start(() -> relay(port));
  }

  ServerAddress address() {
    return ServerAddress.of("wss://localhost:" + listener.getLocalPort() + "/agent");
  }

  void holdBackTheNextHalf() {
    holding = true;
  }

  private void relay(int port) {
    try (Socket front = listener.accept(); Socket back = new Socket(InetAddress.getLoopbackAddress(), port)) {
      Thread.ofVirtual().start(() -> copyQuietly(front, back));
      copy(back.getInputStream(), front.getOutputStream());
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copyQuietly(Socket front, Socket back) {
    try {
      front.getInputStream().transferTo(back.getOutputStream());
    } catch (IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(InputStream in, OutputStream out) throws IOException, InterruptedException {
    byte[] piece = new byte[65_536];
    for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
      int first = holding ? read / 2 : read;
      out.write(piece, 0, first);
      if (first < read) {
        release.await();
        holding = false;
        out.write(piece, first, read - first);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
