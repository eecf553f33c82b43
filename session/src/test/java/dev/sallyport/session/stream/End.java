package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.session.handshake.SessionKeys;
import org.jspecify.annotations.Nullable;

/** One end of a {@link SessionPair}: a session and a host that notes what it is told. */
final class End implements SessionEvents {
  /** A stream the peer opened. */
  @SuppressWarnings("ArrayRecordComponent") // a note, never compared
  record Opened(SessionStream stream, int kind, byte[] metadata) {}

  /** A word outside streams. */
  @SuppressWarnings("ArrayRecordComponent") // a note, never compared
  record Word(ControlVerb verb, byte[] body) {}

  final Role role;
  final Session session;
  final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();
  final Queue<Word> words = new ConcurrentLinkedQueue<>();
  final Queue<GoAwayCode> goneAway = new ConcurrentLinkedQueue<>();
  final Queue<byte[]> rehandshakes = new ConcurrentLinkedQueue<>();
  final Queue<Long> ponged = new ConcurrentLinkedQueue<>();
  final CompletableFuture<SessionClosedException> closed = new CompletableFuture<>();
  final AtomicInteger rehandshakesDue = new AtomicInteger();
  final AtomicInteger wakes = new AtomicInteger();
  /** Run at each wake; what a real host's writer is. */
  volatile Runnable onWake = () -> {
  };
  /** Whether a server answers CONFIRM with ROLLED by itself. */
  volatile boolean rolls = true;
  /** Takes the streams the peer opens instead of {@link #opened}. */
  volatile @Nullable Consumer<Opened> onOpened;

  End(Role role, SessionKeys keys, SessionLimits limits) {
    this.role = role;
    session = new Session(role, keys, limits, this::woken, this);
  }

  private void woken() {
    wakes.incrementAndGet();
    onWake.run();
  }

  /** The next message to send; fails the test if there is none. */
  byte[] fetch() {
    return Objects.requireNonNull(session.nextMessage(), "nothing to send");
  }

  /** Reads a stream; fails the test at its end. */
  static byte[] read(SessionStream stream) throws Exception {
    return Objects.requireNonNull(stream.read(), "the stream is at its end");
  }

  /** The next stream the peer opened; fails the test if there is none within a minute. */
  Opened nextOpened() {
    try {
      Opened next = opened.poll(60, TimeUnit.SECONDS);
      return Objects.requireNonNull(next, "no stream was opened");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Why the session ended; fails the test if it has not. */
  SessionClosedException closedBecause() {
    return Objects.requireNonNull(closed.getNow(null), "the session is not over");
  }

  @Override
  public void opened(SessionStream stream, int kind, byte[] metadata) {
    Opened note = new Opened(stream, kind, metadata);
    Consumer<Opened> taker = onOpened;
    if (taker != null) {
      taker.accept(note);
    } else {
      opened.add(note);
    }
  }

  @Override
  public void control(ControlVerb verb, byte[] body) {
    words.add(new Word(verb, body));
    if (verb == ControlVerb.CONFIRM && rolls) {
      session.control(ControlVerb.ROLLED, new byte[8]);
    }
  }

  @Override
  public void rehandshakeDue() {
    rehandshakesDue.incrementAndGet();
  }

  @Override
  public void rehandshake(byte[] message) {
    rehandshakes.add(message);
  }

  @Override
  public void goneAway(GoAwayCode code, Duration retryAfter) {
    goneAway.add(code);
  }

  @Override
  public void ponged(long opaque) {
    ponged.add(opaque);
  }

  @Override
  public void closed(SessionClosedException why) {
    if (!closed.complete(why)) {
      throw new IllegalStateException("closed was told twice");
    }
  }
}
