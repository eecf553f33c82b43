package dev.sallyport.gateway;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A web part on a Unix socket: reads the PROXY header, then does what its script says with the connection. */
final class UnixWebServer implements AutoCloseable {
  /** Connections the kernel holds while the accepting thread waits for its turn. */
  private static final int BACKLOG = 1_024;
  private static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};

  private final ServerSocketChannel listener;
  private final BlockingQueue<ProxyInfo> infos = new LinkedBlockingQueue<>();
  private final BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();

  /**
   * What a PROXY header of version 2 says.
   *
   * @param command the 13th byte
   * @param family the 14th byte
   * @param addresses raw: two addresses, two ports
   * @param extensions raw: everything behind
   */
  @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
  record ProxyInfo(int command, int family, byte[] addresses, byte[] extensions) {}

  interface Script {
    void serve(InputStream in, OutputStream out) throws IOException;
  }

  UnixWebServer(Path socket, Script script) throws IOException {
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
    Thread.ofVirtual().start(() -> accept(script));
  }

  private void accept(Script script) {
    while (listener.isOpen()) {
      try {
        SocketChannel connection = listener.accept();
        Thread.ofPlatform().daemon().start(() -> serve(connection, script)); // Unix sockets block their carrier
      } catch (IOException e) {
        failures.add(e);
      }
    }
  }

  private void serve(SocketChannel connection, Script script) {
    try (connection) {
      InputStream in = Channels.newInputStream(connection);
      infos.add(header(new DataInputStream(in)));
      script.serve(in, Channels.newOutputStream(connection));
    } catch (IOException e) {
      failures.add(e);
    }
  }

  private static ProxyInfo header(DataInputStream in) throws IOException {
    if (!java.util.Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE)) {
      throw new IOException("no PROXY header");
    }
    int command = in.readUnsignedByte();
    int family = in.readUnsignedByte();
    int length = in.readUnsignedShort();
    int addresses = family == 0x11 ? 12 : 36;
    return new ProxyInfo(command, family, in.readNBytes(addresses), in.readNBytes(length - addresses));
  }

  BlockingQueue<ProxyInfo> infos() {
    return infos;
  }

  BlockingQueue<Exception> failures() {
    return failures;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
