package dev.sallyport.transport.proxy.pac;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.transport.http.HttpAnswer;
import dev.sallyport.transport.http.HttpBody;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.InputBuffer;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TlsLayer;
import dev.sallyport.transport.tls.TlsTrust;

/** Gets a proxy script, straight: the way through proxies is what it is to tell. */
final class ScriptFetcher {
  /** Most bytes of a script; those of large companies have some 100 kB. */
  static final int MAX_BYTES = 1 << 20;

  /** All of the fetching, with what it is sent on to. */
  static final Duration TIME = Duration.ofSeconds(10);

  private static final int MAX_HOPS = 3;
  private static final int MAX_QUOTED = 120; // characters
  private static final int PORT_OF_HTTP = 80;
  private static final int PORT_OF_HTTPS = 443;

  private final Duration time;

  ScriptFetcher(Duration time) {
    this.time = time;
  }

  /** @throws IOException if it cannot be had; the message says why */
  byte[] fetch(URI location) throws IOException {
    if (isScheme(location, "file")) {
      return fromFile(Path.of(location.getPath()));
    }
    Deadline deadline = Deadline.in(time);
    URI place = location;
    for (int hops = 0; hops < MAX_HOPS; hops++) {
      Fetched fetched = ask(place, deadline);
      if (fetched.elsewhere().isEmpty()) {
        return fetched.script();
      }
      place = next(place, fetched.elsewhere());
    }
    throw new IOException("it is sent on from place to place");
  }

  private static byte[] fromFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no such file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] script = in.readNBytes(MAX_BYTES + 1);
      if (script.length > MAX_BYTES) {
        throw new IOException("the file is longer than " + MAX_BYTES + " bytes");
      }
      return script;
    }
  }

  /**
   * One answer.
   *
   * @param elsewhere where it sends on to, or empty
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Fetched(byte[] script, String elsewhere) {}

  private static Fetched ask(URI place, Deadline deadline) throws IOException {
    boolean secured = isScheme(place, "https");
    String host = place.getHost().startsWith("[")
        ? place.getHost().substring(1, place.getHost().length() - 1)
        : place.getHost();
    int port = place.getPort() > 0 ? place.getPort() : secured ? PORT_OF_HTTPS : PORT_OF_HTTP;
    Connection connection = Route.DIRECT.open(host, port, deadline);
    try (var _ = connection.bottom()) {
      Socket top = secured ? new TlsLayer(TlsTrust.system()).over(connection.top(), host, port) : connection.top();
      top.getOutputStream().write(request(place).getBytes(StandardCharsets.US_ASCII));
      InputBuffer in = new InputBuffer(top.getInputStream());
      return read(in);
    } catch (HttpAnswer.NotHttp e) {
      throw new IOException("this is no answer of HTTP that can be used: "
          + PlainText.clean(String.valueOf(e.getMessage()), MAX_QUOTED), e);
    } catch (EOFException e) {
      throw new IOException("the connection ended too early", e);
    }
  }

  private static String request(URI place) {
    String path = place.getRawPath().isEmpty() ? "/" : place.getRawPath();
    String query = place.getRawQuery() == null ? "" : "?" + place.getRawQuery();
    return "GET " + ascii(path + query) + " HTTP/1.1\r\nHost: " + place.getRawAuthority()
        + "\r\nUser-Agent: sallyport\r\nAccept: */*\r\nConnection: close\r\n\r\n";
  }

  private static String ascii(String path) {
    return URI.create(path).toASCIIString();
  }

  private static Fetched read(InputBuffer in) throws IOException {
    HttpAnswer answer = HttpAnswer.readOfProxy(in);
    return switch (answer.status()) {
      case 200 -> new Fetched(HttpBody.read(answer, in, MAX_BYTES), "");
      case 301, 302, 303, 307, 308 -> new Fetched(new byte[0], answer.header("location"));
      default -> throw new IOException("the answer is HTTP " + answer.status());
    };
  }

  private static URI next(URI place, String elsewhere) throws IOException {
    try {
      URI next = place.resolve(elsewhere);
      boolean usable = next.getHost() != null && next.getRawUserInfo() == null
          && (isScheme(next, "https") || (isScheme(next, "http") && isScheme(place, "http")));
      if (usable) {
        return next;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("it is sent on to what is no address", e);
    }
    throw new IOException("it is sent on to \"" + PlainText.clean(elsewhere, MAX_QUOTED) + "\", where nobody goes");
  }

  private static boolean isScheme(URI place, String scheme) {
    return String.valueOf(place.getScheme()).toLowerCase(Locale.ROOT).equals(scheme);
  }
}
