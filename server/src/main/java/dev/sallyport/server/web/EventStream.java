package dev.sallyport.server.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * One client's server-sent events (HTML Living Standard, 9.2), written by the request's own thread. A client that stops
 * reading blocks this thread and nobody else, until the connection's idle time-out drops it; it comes back with the last
 * id it saw.
 */
public final class EventStream {

  /** How long the line may be quiet before a comment shows that it lives; proxies cut lines that are quiet for longer. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final OutputStream out;
  private final JsonMapper json;
  private final InstantSource clock;
  private Instant lastWrite;
  private boolean ended;

  /** Starts the answer. */
  EventStream(HttpServletResponse response, JsonMapper json, InstantSource clock) throws IOException {
    response.setContentType("text/event-stream");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    this.out = response.getOutputStream();
    this.json = json;
    this.clock = clock;
    this.lastWrite = clock.instant();
    beat();
    out.flush();
  }

  /**
   * Writes one event; it leaves with the next turn of the loop.
   *
   * @param event its name, a word of ours
   * @param id what the client will send as {@code Last-Event-ID}; {@code ""} for none
   * @param data written as JSON, in one line
   * @throws IOException if the client is gone
   */
  public void send(String event, String id, Object data) throws IOException {
    var text = new StringBuilder("event: ").append(word(event)).append('\n');
    if (!id.isEmpty()) {
      text.append("id: ").append(word(id)).append('\n');
    }
    write(text.append("data: "));
    out.write(json.writeValueAsBytes(data));
    write("\n\n");
    lastWrite = clock.instant();
  }

  /** Ends the stream after this turn: everything is told. */
  public void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  /** Sends what was written, and a sign of life if nothing was for a while. */
  void turn() throws IOException {
    if (Duration.between(lastWrite, clock.instant()).compareTo(HEARTBEAT) >= 0) {
      beat();
    }
    out.flush();
  }

  private void beat() throws IOException {
    write(":\n\n");
    lastWrite = clock.instant();
  }

  private void write(CharSequence text) throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String word(String text) {
    if (text.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("a line break would begin another field");
    }
    return text;
  }
}
