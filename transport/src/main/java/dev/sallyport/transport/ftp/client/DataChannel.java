package dev.sallyport.transport.ftp.client;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;

/** The connection of one transfer; every read and write of it keeps to the transfer's deadline. */
final class DataChannel implements Closeable {
  private static final int PIECE_BYTES = 16_384;

  private final FtpSite site;
  private final Connection connection;
  private final Deadline deadline;

  private DataChannel(FtpSite site, Connection connection, Deadline deadline) {
    this.site = site;
    this.connection = connection;
    this.deadline = deadline;
  }

  /** Connects to this port of the control connection's host. */
  static DataChannel open(FtpSite site, int port, Deadline deadline) throws IOException {
    return new DataChannel(site, site.route().open(site.address().host(), port, deadline), deadline);
  }

  /**
   * Puts TLS on it if the site wants it. The control connection's host and port name the TLS session, so that it is resumed here: some
   * servers take no transfer otherwise, for it proves that both connections are the same client's.
   */
  private Socket top() throws IOException {
    ServerAddress address = site.address();
    return site.secured() ? site.tls().overAs(connection.top(), address.host(), address.port()) : connection.top();
  }

  /** Sends all of it, and the end. */
  void send(byte[] content) throws IOException {
    try (var _ = new WriteGuard(connection.bottom(), deadline.remainingMillis())) {
      Socket top = top();
      top.getOutputStream().write(content);
      top.getOutputStream().flush();
      top.close();
    }
  }

  /**
   * Reads to the end.
   *
   * @throws IOException also if there are more than {@code most} bytes
   */
  byte[] receive(int most) throws IOException {
    try (var _ = new WriteGuard(connection.bottom(), deadline.remainingMillis())) {
      Socket top = top(); // even who only reads writes a little in TLS
      InputStream in = top.getInputStream();
      var content = new ByteArrayOutputStream();
      byte[] piece = new byte[PIECE_BYTES];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        if (content.size() + read > most) {
          throw new IOException("the FTP server sends more than the " + most + " bytes that fit there");
        }
        content.write(piece, 0, read);
      }
      top.close();
      return content.toByteArray();
    }
  }

  @Override
  public void close() throws IOException {
    connection.bottom().close();
  }
}
