package dev.sallyport.cli.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * One HTTP/1.1 request (RFC 9112) with its answer, either of any size, on a TLS connection of its own whose calls block. Java's own client takes
 * two to three times the processor time for the same bytes, and there is nothing here for it to save.
 *
 * <p>One thread may write while another reads.
 */
final class BulkConnection implements Closeable {
  private static final int DEFAULT_PORT = 443;
  private static final int RECEIVE_BYTES = 1 << 20;

  private final URI server;
  private final SSLSocket socket;

  private BulkConnection(URI server, SSLSocket socket) {
    this.server = server;
    this.socket = socket;
  }

  /**
   * Connects and shakes hands.
   *
   * @param patience how long that may take
   * @param silence how long a read waits for the next bytes then; for ever if zero
   */
  static BulkConnection open(URI server, SSLContext context, Duration patience, Duration silence) throws IOException {
    int port = server.getPort() < 0 ? DEFAULT_PORT : server.getPort();
    var plain = new Socket();
    try {
      plain.setReceiveBufferSize(RECEIVE_BYTES);
      plain.connect(new InetSocketAddress(server.getHost(), port), Math.toIntExact(patience.toMillis()));
      plain.setSoTimeout(Math.toIntExact(patience.toMillis()));
      plain.setTcpNoDelay(true);
      var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, server.getHost(), port, true);
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
      return new BulkConnection(server, socket);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  /** Sends the head of the request, after which its body goes to what is returned. */
  OutputStream ask(String method, String path, Map<String, String> headers) throws IOException {
    var head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ")
        .append(server.getRawAuthority()).append("\r\nConnection: close\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    OutputStream out = socket.getOutputStream();
    out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    return out;
  }

  /** Waits for the answer's head. */
  BulkAnswer answer() throws IOException {
    InputStream in = socket.getInputStream();
    BulkAnswer answer = BulkAnswer.read(in);
    while (answer.isInterim()) {
      answer = BulkAnswer.read(in);
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
