package dev.sallyport.acceptance;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.sallyport.transport.http.HttpAnswer;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.InputBuffer;
import dev.sallyport.transport.socket.PlainHttp;
import org.jspecify.annotations.Nullable;

/** Requests in plain HTTP over a route, as a binding would send them. */
final class PlainTalk implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int MOST_TRIES = 5;

  private final PlainHttp http;
  private @Nullable Connection connection;
  private @Nullable InputBuffer in;

  PlainTalk(PlainHttp http) {
    this.http = http;
  }

  /** The body of the answer, whatever its status. */
  String post(String path) throws IOException {
    String body = "";
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      HttpAnswer answer;
      try {
        answer = ask(path);
      } catch (EOFException e) {
        close(); // the proxy keeps no connections
        continue;
      }
      body = body(answer);
      if (!http.again(answer.status(), answer.header("proxy-authenticate"))) {
        return body;
      }
    }
    throw new IOException("no answer but: " + body);
  }

  private HttpAnswer ask(String path) throws IOException {
    if (connection == null) {
      connection = http.open(Deadline.in(PATIENCE));
      in = new InputBuffer(connection.top().getInputStream());
    }
    connection.top().getOutputStream().write(("POST " + http.target(path) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        + http.headers("POST", path) + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    return HttpAnswer.readOfProxy(input());
  }

  private InputBuffer input() throws IOException {
    if (in == null) {
      throw new EOFException();
    }
    return in;
  }

  private String body(HttpAnswer answer) throws IOException {
    if (answer.header("content-length").isEmpty()) {
      var rest = new StringBuilder();
      for (int next = input().readOrEnd(); next >= 0; next = input().readOrEnd()) {
        rest.append((char) next);
      }
      close();
      return rest.toString();
    }
    byte[] body = new byte[Integer.parseInt(answer.header("content-length"))];
    input().readFully(body, 0, body.length);
    if (answer.header("connection").equals("close")) {
      close();
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.bottom().close();
      connection = null;
      in = null;
    }
  }
}
