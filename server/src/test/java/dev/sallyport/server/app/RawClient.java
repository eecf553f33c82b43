package dev.sallyport.server.app;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Speaks HTTP/1.1 to the web part's socket as the gateway's relay does, byte for byte what a test says: tidy clients
 * repair the very paths and headers that matter here.
 */
public final class RawClient implements AutoCloseable {

  private static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};

  private final SocketChannel channel;
  private final InputStream in;
  private boolean withinChunks;

  private RawClient(SocketChannel channel) {
    this.channel = channel;
    this.in = Channels.newInputStream(channel);
  }

  /** A connection that begins with nothing. */
  public static RawClient connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    return new RawClient(channel);
  }

  /** A connection relayed for this client. */
  public static RawClient connect(Path socket, String client) throws IOException {
    RawClient raw = connect(socket);
    raw.send(proxyHeader(InetAddress.ofLiteral(client)));
    return raw;
  }

  /** An answer; header names in lower case. */
  public record Answer(int status, List<String> headers, String body) {

    public Optional<String> header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ": ";
      return headers.stream().filter(h -> h.startsWith(prefix)).map(h -> h.substring(prefix.length())).findFirst();
    }
  }

  public Answer get(String path, String... headers) throws IOException {
    return request("GET", path, "", headers);
  }

  public Answer request(String method, String path, String body, String... headers) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: sallyport.test\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    text.append("\r\n");
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    whole.writeBytes(bytes);
    try {
      send(whole.toByteArray());
    } catch (IOException e) {
      return answer(); // the server refuses a body without reading it to its end
    }
    return answer();
  }

  public void send(byte[] bytes) throws IOException {
    for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining();) {
      channel.write(buffer);
    }
  }

  /** Reads one whole answer. */
  public Answer answer() throws IOException {
    Head head = head();
    boolean none = head.status == 204 || head.status == 304;
    String body = none ? "" : new String(body(head), StandardCharsets.UTF_8);
    return new Answer(head.status, head.headers, body);
  }

  /** Reads an answer's head only; the body follows with {@link #chunk}. */
  public Answer begin() throws IOException {
    Head head = head();
    return new Answer(head.status, head.headers, "");
  }

  /** The next piece of a chunked body; empty at its end. The line break after a piece may come as late as the next piece. */
  public String chunk() throws IOException {
    if (withinChunks) {
      line();
    }
    int size = Integer.parseInt(line(), 16);
    byte[] bytes = in.readNBytes(size);
    withinChunks = size > 0;
    if (!withinChunks) {
      line();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether the other end has closed the connection; waits for that or a byte. */
  public boolean closed() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private record Head(int status, List<String> headers) {}

  private Head head() throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon).toLowerCase(Locale.ROOT) + ":" + line.substring(colon + 1));
    }
    return new Head(status, headers);
  }

  private byte[] body(Head head) throws IOException {
    var answer = new Answer(head.status, head.headers, "");
    var length = answer.header("content-length");
    if (length.isPresent()) {
      return in.readNBytes(Integer.parseInt(length.get()));
    }
    var whole = new ByteArrayOutputStream();
    if (answer.header("transfer-encoding").isPresent()) {
      for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
        whole.writeBytes(chunk.getBytes(StandardCharsets.UTF_8));
      }
    } else {
      in.transferTo(whole);
    }
    return whole.toByteArray();
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** PROXY protocol version 2 as the gateway writes it: addresses, and that the client came over TLS. */
  public static byte[] proxyHeader(InetAddress client) {
    byte[] address = client.getAddress();
    byte[] version = "TLSv1.3".getBytes(StandardCharsets.US_ASCII);
    int tls = 5 + 3 + version.length;
    int length = 2 * address.length + 4 + 3 + tls;
    return ByteBuffer.allocate(16 + length).put(SIGNATURE).put((byte) 0x21)
        .put((byte) (address.length == 4 ? 0x11 : 0x21))
        .putShort((short) length).put(address).put(address).putShort((short) 40_000).putShort((short) 443)
        .put((byte) 0x20).putShort((short) tls).put((byte) 1).putInt(0)
        .put((byte) 0x21).putShort((short) version.length).put(version).array();
  }
}
