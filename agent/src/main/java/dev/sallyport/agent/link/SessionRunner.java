package dev.sallyport.agent.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import dev.sallyport.agent.time.AgentClock;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.session.handshake.SessionKeys;
import dev.sallyport.session.handshake.SessionTerms;
import dev.sallyport.session.pace.KeepalivePace;
import dev.sallyport.session.stream.Outbound;
import dev.sallyport.session.stream.Role;
import dev.sallyport.session.stream.Session;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionEvents;
import dev.sallyport.session.stream.SessionLimits;
import dev.sallyport.transport.Wire;

/**
 * Carries one session over one wire. The thread that calls {@link #run} reads, a thread of its own writes; neither waits for the other,
 * and whoever finds the link dead ends both. The last word of a session, a GOAWAY, is sent if the wire takes it within {@link #LAST_WORD}.
 */
public final class SessionRunner implements Outbound {
  /** How long the server may take from CONFIRM to ROLLED. */
  public static final Duration ROLLED_TIMEOUT = Duration.ofSeconds(15);

  /** How often a link's pace may change. */
  private static final Duration PACE_STEP = Duration.ofSeconds(1);
  private static final Duration LAST_WORD = Duration.ofSeconds(1);
  private static final Duration SHORTEST_READ = Duration.ofMillis(1);
  private static final long WRITER_STACK_BYTES = 256 * 1024;

  private final Wire wire;
  private final AgentClock clock;
  private final Session session;
  private final Supplier<KeepalivePace> paces;
  private final Semaphore somethingToSend = new Semaphore(0);
  private final Thread writer = new Thread(null, this::write, "link-writer", WRITER_STACK_BYTES, false);
  private volatile boolean established;
  private volatile boolean ending;
  private long lastHeard; // of the clock's nanoseconds; the reader's
  private Duration quiet = Duration.ZERO; // the reader's

  /**
   * @param keys copied; the caller closes them
   * @param paces asked, now and then, how long the way may be quiet
   * @param events must call {@link #rolled} and {@link #ended}
   */
  @SuppressWarnings("this-escape") // the session calls wake() only once somebody uses it
  public SessionRunner(Wire wire, SessionKeys keys, SessionLimits limits, AgentClock clock,
      Supplier<KeepalivePace> paces, SessionEvents events) {
    this.wire = wire;
    this.clock = clock;
    this.paces = paces;
    this.session = new Session(Role.AGENT, keys, limits, this, events);
    writer.setDaemon(true);
  }

  /** This agent's own bounds with the terms the server set. */
  public static SessionLimits limits(SessionTerms terms) {
    return SessionLimits.standard(Role.AGENT).withTerms(terms.maxRecordBytes(), terms.streamCredit(),
        terms.sessionCredit(),
        terms.keepalive());
  }

  public Session session() {
    return session;
  }

  @Override
  public void wake() {
    somethingToSend.release();
  }

  /** The server has said ROLLED: the link is up. */
  public void rolled() {
    established = true;
  }

  /** The session is over: what it still has to say is said, then the wire is closed. */
  public void ended() {
    ending = true;
    somethingToSend.release();
  }

  /** Reads until the session or the wire has come to its end; says in a few words why. */
  public String run() {
    writer.start();
    String why = "the session was ended";
    try {
      read();
    } catch (EOFException e) {
      why = "the server closed the connection";
    } catch (IOException e) {
      why = String.valueOf(e.getMessage());
    } catch (ProtocolException e) {
      why = "the link carried something the server did not say: " + e.getMessage();
    }
    quiet = Duration.ofNanos(clock.nanoTime() - lastHeard);
    session.close(new SessionClosedException(SessionClosedException.Reason.CLOSED, why));
    ended();
    awaitWriter();
    wire.close();
    return why;
  }

  /** How long nothing had been heard when {@link #run} returned; for the thread that called it. */
  Duration quiet() {
    return quiet;
  }

  private void read() throws IOException {
    lastHeard = clock.nanoTime();
    long rolledBy = lastHeard + ROLLED_TIMEOUT.toNanos();
    session.keepalive(paces.get());
    long paced = lastHeard;
    while (!session.closed()) {
      long now = clock.nanoTime();
      if (now - paced >= PACE_STEP.toNanos()) {
        session.keepalive(paces.get());
        paced = now;
      }
      long next = session.onTick(now, ThreadLocalRandom.current());
      if (!established) {
        if (now - rolledBy >= 0) {
          throw new IOException("the server did not confirm the session within " + ROLLED_TIMEOUT.toSeconds() + " s");
        }
        next = rolledBy;
      }
      receive(Duration.ofNanos(Math.max(next - now, SHORTEST_READ.toNanos())));
    }
  }

  private void receive(Duration atMost) throws IOException {
    wire.readTimeout(atMost);
    byte[] message;
    try {
      message = wire.receive();
    } catch (SocketTimeoutException e) {
      // Quiet so far: time for the session's own clockwork.
      return;
    }
    lastHeard = clock.nanoTime();
    session.receive(message);
  }

  private void write() {
    try {
      do {
        somethingToSend.acquire();
        for (byte[] message = session.nextMessage(); message != null; message = session.nextMessage()) {
          wire.send(message);
        }
      } while (!ending);
    } catch (IOException | InterruptedException e) {
      // The reader meets the same end and reports it.
      ending = true;
    } finally {
      wire.close();
    }
  }

  private void awaitWriter() {
    try {
      writer.join(LAST_WORD);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
