package dev.sallyport.benchmark.measure;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * One kept HTTP/1.1 connection on a plain blocking socket, as {@link BareEcho} has one: what is measured is to be the server, not a
 * client's library. For one thread at a time.
 */
final class KeptConnection implements AutoCloseable {
  private static final int MAX_ANSWER_BYTES = 1 << 20;
  private static final int MAX_LINE_BYTES = 8 << 10;
  private static final JsonLimits ANSWER = JsonLimits.ofBytes(MAX_ANSWER_BYTES);
  private static final int HEX = 16;

  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String head;

  /** @param path where everything is posted, with these headers */
  KeptConnection(SSLContext context, URI server, String path, String headers) throws IOException {
    socket = (SSLSocket) context.getSocketFactory().createSocket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    head = "POST " + path + " HTTP/1.1\r\nHost: " + server.getHost() + ":" + server.getPort()
        + "\r\nContent-Type: application/json\r\n" + headers + "Content-Length: ";
  }

  /** Posts a body and returns the answer's. */
  JsonObject post(byte[] body) throws IOException {
    byte[] start = (head + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    out.write(request);
    String status = line();
    int length = -1;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).trim());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
    }
    byte[] answer = chunked ? chunks() : in.readNBytes(bounded(length));
    if (!status.startsWith("HTTP/1.1 201")) {
      throw new IOException("the server answered " + status + ": " + new String(answer, StandardCharsets.UTF_8));
    }
    return Json.parseObject(answer, ANSWER);
  }

  private byte[] chunks() throws IOException {
    var all = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      bounded(all.size() + size);
      all.writeBytes(in.readNBytes(size));
      line();
    }
    line();
    return all.toByteArray();
  }

  private int chunkSize() throws IOException {
    return bounded(Integer.parseInt(line(), HEX));
  }

  private static int bounded(int length) throws IOException {
    if (length < 0 || length > MAX_ANSWER_BYTES) {
      throw new IOException("an answer of " + length + " bytes");
    }
    return length;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > MAX_LINE_BYTES) {
        throw new EOFException("the server closed the connection or sent no HTTP");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
