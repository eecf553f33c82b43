package dev.sallyport.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/** Stands between an agent and a port and keeps a copy of all that the agent says, one piece for each reading. */
final class RequestTap implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final List<byte[]> heard;

  RequestTap(int target, List<byte[]> heard) throws IOException {
    this.target = target;
    this.heard = heard;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket front = listener.accept();
        Socket back = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> carry(front, back, true));
        Thread.ofVirtual().start(() -> carry(back, front, false));
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private void carry(Socket from, Socket to, boolean kept) {
    byte[] buffer = new byte[256 << 10];
    try (from; to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (kept) {
          heard.add(Arrays.copyOf(buffer, read));
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      return; // closed from the other side
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
