package dev.sallyport.server.web;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * All open event streams. Each is a loop on its request's virtual thread; closing one from outside interrupts that
 * thread, which also ends a write that a stalled client blocks.
 */
public final class EventStreams {

  /** Streams one holder may have open; a console needs two per tab. */
  public static final int MAX_STREAMS_PER_HOLDER = 64;
  /** Streams open at once in all. */
  public static final int MAX_STREAMS = 4_000;
  /** How often a stream looks whether its holder may still read it; well below the 5 s in which revoking must bite. */
  static final Duration RECHECK = Duration.ofSeconds(3);

  /** A request attribute: cut the connection, the answer is not complete. */
  static final String CUT = EventStreams.class.getName() + ".cut";

  private static final Logger LOG = System.getLogger(EventStreams.class.getName());

  private final JsonMapper json;
  private final InstantSource clock;
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public EventStreams(JsonMapper json, InstantSource clock) {
    this.json = json;
    this.clock = clock;
  }

  /**
   * Whose stream it is.
   *
   * @param account the account that reads
   * @param credential the session or token it reads with
   */
  public record Holder(String account, String credential) {}

  /**
   * Streams until the source ends it, the client leaves, the holder may no longer read, or the server stops.
   *
   * @param allowed whether the holder may still read; asked every few seconds
   * @throws ProblemException 429 if the holder, 503 if everybody together, has too many open
   */
  public void serve(Holder holder, BooleanSupplier allowed, HttpServletRequest request, HttpServletResponse response,
      EventSource source) {
    var line = new Line(holder, Thread.currentThread());
    admit(line);
    try {
      var stream = new EventStream(response, json, clock);
      while (!stream.ended() && line.open() && allowed.getAsBoolean()) {
        source.next(stream, RECHECK);
        stream.turn();
      }
      if (!stream.ended()) {
        request.setAttribute(CUT, true);
      }
    } catch (InterruptedException e) {
      request.setAttribute(CUT, true); // closed from outside; the flag is cleared below
    } catch (IOException e) {
      request.setAttribute(CUT, true);
      LOG.log(Level.DEBUG, "a client left its event stream", e);
    } finally {
      lines.remove(line);
      line.leave();
    }
  }

  /** Closes the streams of these holders, at once. */
  public void close(Predicate<Holder> whose) {
    lines.stream().filter(line -> whose.test(line.holder)).forEach(Line::close);
  }

  /** Closes all streams and opens no more: the server is going away. */
  public void shutDown() {
    closed = true;
    close(holder -> true);
  }

  /** How many are open. */
  public int size() {
    return lines.size();
  }

  private void admit(Line line) {
    if (closed || lines.size() >= MAX_STREAMS) {
      throw new ProblemException(new Problem(503, "too-many-streams", Category.INTERNAL,
          "The server has no room for another event stream now.", "", "Try again in a minute."));
    }
    if (lines.stream().filter(l -> l.holder.account().equals(line.holder.account()))
        .count() >= MAX_STREAMS_PER_HOLDER) {
      throw new ProblemException(new Problem(429, "too-many-streams", Category.USER,
          "This account has " + MAX_STREAMS_PER_HOLDER + " event streams open.", "", "Close some windows."));
    }
    lines.add(line);
    if (closed) { // it came in while the doors were closing
      line.close();
    }
  }

  /** One open stream, and how to end it from another thread without interrupting whatever its thread does next. */
  private static final class Line {
    private final Holder holder;
    private final Thread thread;
    // Guarded by this object.
    private boolean open = true;
    private boolean left;

    Line(Holder holder, Thread thread) {
      this.holder = holder;
      this.thread = thread;
    }

    synchronized boolean open() {
      return open;
    }

    synchronized void close() {
      open = false;
      if (!left) {
        thread.interrupt();
      }
    }

    synchronized void leave() {
      left = true;
      if (!open && Thread.interrupted()) {
        LOG.log(Level.DEBUG, "an event stream was closed from outside");
      }
    }
  }
}
