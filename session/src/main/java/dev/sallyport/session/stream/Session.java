package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.message.RecordMessage;
import dev.sallyport.session.handshake.SessionKeys;
import dev.sallyport.session.pace.KeepalivePace;
import dev.sallyport.session.record.RecordOpener;
import org.jspecify.annotations.Nullable;

/**
 * One authenticated conversation over one transport link, from the keys of its handshake to its end: streams, credit,
 * keepalive, new keys in old sessions. It has no threads, no sockets and no clock: the host hands it received messages,
 * fetches messages to send, and tells it the time.
 *
 * <h2>Threads</h2>
 *
 * Any thread may call any method. Two roles exist besides: the <i>reader</i> calls {@link #receive} with messages in the
 * order of their arrival and gets nearly all {@link SessionEvents}; the <i>writer</i> calls {@link #nextMessage} and sends
 * what it gets in that order. Each is one thread at a time. The reader never waits: not for credit, not for the writer,
 * not for the host. Only {@link #open}, {@link SessionStream#read} and {@link SessionStream#write} block, on conditions of
 * the state's lock, which they give up while they wait. So a cycle of waiting would need somebody to wait for reading
 * <i>and</i> hold a lock, and nobody does: whatever the hosts' readers and writers do, what has credit moves.
 *
 * <h2>Locks, in the order in which they may be taken</h2>
 *
 * <ol>
 * <li>{@code readerLock}: the openers' keys and counters. {@link #receive} holds it throughout, host's events included.
 * <li>{@code writerLock}: the sealers' keys and counters. {@link #nextMessage} holds it while it picks and seals, so that
 * numbers leave in the order in which they were given out and no nonce serves twice.
 * <li>{@code lock}: all of {@link SessionState} and the streams. Held for a few instructions: no encryption, no call to
 * the host. Public methods take it, package-private and private ones expect it.
 * </ol>
 *
 * {@link #release} is the one way out of {@code lock}: it first notes whom to tell, lets go, then calls the host. A host
 * may therefore call back from any event, except into the two roles.
 *
 * <h2>Life</h2>
 *
 * {@link Phase} only moves forward: EXPECTING → CONFIRMING (server) → ESTABLISHED → DRAINING → CLOSING → CLOSED. A server
 * acts on nothing before CONFIRM, an agent on nothing before ROLLED, so a replayed first message reaches nothing. A peer's
 * violation ends the session with a GOAWAY as its last message. A message that is not authentic ends nothing:
 * {@link #receive} throws, the session is as before, and the host drops the link and calls {@link #close}.
 *
 * <h2>Invariants</h2>
 *
 * <ul>
 * <li>Credit never goes below zero on either side; what is sent but unread never exceeds it. A DATA frame costs its whole
 * size, header included, so unread frames hold at most four times the session's credit in memory.
 * <li>What a peer makes us keep is bounded by {@link SessionLimits}, whatever it sends and however slowly it reads.
 * <li>OPENs leave in the order of their numbers, a stream's DATA after its OPEN and in order, its RESET after both.
 * <li>A stream counts as closed at the sender only when its last frame is packed, so the peer's count is never higher.
 * <li>Keys are wiped when their last record is sealed or opened, and at the end; whoever uses them then does it.
 * </ul>
 */
public final class Session {
  private final SessionState state;

  private final ReentrantLock readerLock = new ReentrantLock();
  private final ReentrantLock writerLock = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Outbound outbound;
  private final SessionEvents events;
  private final Inbound inbound;

  /**
   * A session that begins with the keys of a handshake. An agent's host says CONFIRM before anything else.
   *
   * @param keys copied; the caller closes them
   */
  public Session(Role role, SessionKeys keys, SessionLimits limits, Outbound outbound, SessionEvents events) {
    this.outbound = outbound;
    this.events = events;
    state = new SessionState(this, role, limits, new KeyRing(keys, limits.keys()), lock.newCondition());
    inbound = new Inbound(this, state, role, events);
  }

  // -- the reader and the writer ------------------------------------------------------------------------------------

  /**
   * Takes in a message of the transport. What it contains has happened when the call returns, and the host was told.
   *
   * @param recordMessage a whole message; decrypted where it stands, it belongs to the session from now on
   * @throws ProtocolException if it is not the authentic next record of this session. Nothing has changed, and nothing that
   *         comes later on this link can be trusted to arrive: drop it
   */
  public void receive(byte[] recordMessage) {
    RecordMessage.requireRecord(recordMessage);
    readerLock.lock();
    try {
      RecordOpener opener = openerFor(recordMessage);
      if (opener == null || !opener.open(recordMessage)) {
        return;
      }
      boolean underNextKeys = heard(recordMessage, opener);
      try {
        inbound.record(RecordOpener.plaintext(recordMessage), opener, underNextKeys);
      } catch (PeerViolation violation) {
        fail(violation);
      } catch (ProtocolException malformed) {
        fail(PeerViolation.protocol(String.valueOf(malformed.getMessage())));
      }
    } finally {
      readerLock.unlock();
      wipeIfOver();
    }
  }

  /**
   * The next message to send, or null if there is none now; then {@link Outbound#wake} will tell. Waiting frames of all
   * streams share a message up to the record's limit.
   */
  public byte @Nullable [] nextMessage() {
    byte[] message;
    writerLock.lock();
    try {
      message = sealNext();
    } finally {
      writerLock.unlock();
    }
    if (message == null) {
      lock.lock();
      try {
        state.sentAll();
      } finally {
        release();
      }
    }
    wipeIfOver();
    return message;
  }

  /**
   * Tells the session the time: pings, notices silence, replaces old keys.
   *
   * @param nanoTime from a clock that only moves forward, such as {@link System#nanoTime}
   * @param random   spreads the pings of a fleet
   * @return when, by that clock, the next call has something to do; calling more often does no harm
   */
  public long onTick(long nanoTime, RandomGenerator random) {
    Ticker ticker = new Ticker(state, nanoTime, random);
    whileOpen(ticker);
    if (ticker.rehandshakeDue()) {
      events.rehandshakeDue();
    }
    return ticker.next();
  }

  // -- what the host says -------------------------------------------------------------------------------------------

  /**
   * Opens a stream, after waiting for one of the {@link SessionLimits#openedStreams} if all are in use.
   *
   * @param kind     what will be said in it, 0 to 65,535
   * @param metadata at most {@link Frame#MAX_METADATA_BYTES}; it belongs to the session from now on
   * @throws SessionClosedException if the session is over or drains
   * @throws IllegalStateException  before the session is established
   */
  public SessionStream open(int kind, byte[] metadata) throws SessionClosedException, InterruptedException {
    lock.lockInterruptibly();
    try {
      state.awaitSlot();
      return state.openStream(kind, metadata);
    } finally {
      release();
    }
  }

  /** As {@link #open}, but null where that would wait. */
  public @Nullable SessionStream tryOpen(int kind, byte[] metadata) throws SessionClosedException {
    lock.lock();
    try {
      state.requireOpening();
      return state.table.hasOwnSlot() ? state.openStream(kind, metadata) : null;
    } finally {
      release();
    }
  }

  /**
   * Says a word outside streams: CONFIRM is an agent's first, ROLLED a server's answer to any CONFIRM once the new secret
   * is durable. On a session that is over it says nothing.
   *
   * @param body at most {@link Frame#MAX_CONTROL_BYTES}; it belongs to the session from now on
   * @throws IllegalStateException if it is not for this role, or not the time, to say it
   */
  public void control(ControlVerb verb, byte[] body) {
    Frame.Control word = new Frame.Control(verb, body);
    whileOpen(() -> state.words.say(word));
  }

  /** An agent's host changes how long the path may be quiet; what is quiet now stays so for as long as it was to. */
  public void keepalive(KeepalivePace pace) {
    lock.lock();
    try {
      state.keepalive.pace(pace);
    } finally {
      release();
    }
  }

  /** Asks the peer to answer; {@link SessionEvents#ponged} brings the number back. Needs no call for the keepalive. */
  public void ping(long opaque) {
    whileOpen(() -> state.queue.control(new Frame.Ping(opaque)));
  }

  /**
   * Ends the session in order. If the code {@linkplain GoAwayCode#drains drains}, no new streams are opened or accepted
   * and the session is over when the open ones are; otherwise it is over now.
   *
   * @param retryAfter how long the peer should stay away
   */
  public void goAway(GoAwayCode code, Duration retryAfter) {
    whileOpen(() -> state.goAway(code, retryAfter));
  }

  /** Ends the session without another word and wipes its keys; every host's last call. Later calls do nothing. */
  public void close(SessionClosedException why) {
    lock.lock();
    try {
      state.end(why);
      state.silence();
    } finally {
      release();
    }
    wipeIfOver();
  }

  /** Whether the session is over. */
  public boolean closed() {
    return state.phase().over();
  }

  /** Streams open now, of both sides. */
  public int openStreams() {
    lock.lock();
    try {
      return state.table.size();
    } finally {
      release();
    }
  }

  // -- new keys in an old session -----------------------------------------------------------------------------------

  /** Agent: sends a HELLO of kind REHANDSHAKE, the whole message with its kind byte. */
  public void sendRehandshake(byte[] hello) {
    Frame.Rehs1 frame = new Frame.Rehs1(hello);
    whileOpen(() -> {
      state.keys.ask();
      state.queue.control(frame);
    });
  }

  /** Server: sends the HELLO_REPLY that accepts, and expects CONFIRM under the new keys, which are copied. */
  public void acceptRehandshake(byte[] reply, SessionKeys next) {
    Frame.Rehs2 frame = new Frame.Rehs2(reply);
    whileOpen(() -> {
      state.keys.offer(next);
      state.queue.control(frame);
    });
  }

  /** Server: sends a HELLO_REPLY that refuses; the session goes on under its old keys. */
  public void refuseRehandshake(byte[] reply) {
    Frame.Rehs2 frame = new Frame.Rehs2(reply);
    whileOpen(() -> {
      state.keys.refuse();
      state.queue.control(frame);
    });
  }

  /**
   * Agent: the reply was accepted and the new secret is durable; sends CONFIRM with the given body under the new keys,
   * which are copied.
   */
  public void confirmRehandshake(SessionKeys next, byte[] body) {
    Frame.Control word = new Frame.Control(ControlVerb.CONFIRM, body);
    whileOpen(() -> {
      state.keys.confirm(next, word);
      state.queue.touch();
    });
  }

  // -- the lock -----------------------------------------------------------------------------------------------------

  void lock() {
    lock.lock();
  }

  void lockInterruptibly() throws InterruptedException {
    lock.lockInterruptibly();
  }

  Condition newCondition() {
    return lock.newCondition();
  }

  /** Gives the lock back and then tells the host what came up while it was held. */
  void release() {
    boolean wake = state.queue.takeWake();
    SessionClosedException why = state.takeUntoldCause();
    List<Runnable> listeners = why == null ? List.of() : state.listeners();
    lock.unlock();
    if (wake) {
      outbound.wake();
    }
    if (why != null) {
      listeners.forEach(Runnable::run);
      events.closed(why);
    }
  }

  /** Does something that only makes sense while the session lives; a queue that overflows on the way ends it. */
  void whileOpen(Runnable action) {
    lock.lock();
    try {
      if (!state.phase().over()) {
        action.run();
      }
    } catch (PeerViolation notReading) {
      state.fail(notReading);
    } finally {
      release();
    }
  }

  private void fail(PeerViolation violation) {
    lock.lock();
    try {
      state.fail(violation);
    } finally {
      release();
    }
  }

  // -- keys ---------------------------------------------------------------------------------------------------------

  private @Nullable RecordOpener openerFor(byte[] recordMessage) {
    lock.lock();
    try {
      return state.phase().over() ? null : state.keys.openerFor(recordMessage);
    } finally {
      lock.unlock();
    }
  }

  private boolean heard(byte[] recordMessage, RecordOpener opener) {
    lock.lock();
    try {
      state.keepalive.heard();
      state.keys.count(recordMessage.length);
      return state.keys.isNext(opener);
    } finally {
      lock.unlock();
    }
  }

  private byte @Nullable [] sealNext() {
    Batch batch;
    lock.lock();
    try {
      batch = state.nextBatch();
    } finally {
      lock.unlock();
    }
    return batch == null ? null : batch.seal();
  }

  /** Wipes what nobody uses any more. Whoever holds a lock here wipes on its own way out. */
  private void wipeIfOver() {
    if (state.phase().over() && readerLock.tryLock()) {
      try {
        lock.lock();
        try {
          state.keys.closeOpeners();
        } finally {
          lock.unlock();
        }
      } finally {
        readerLock.unlock();
      }
    }
    if (state.phase() == Phase.CLOSED && writerLock.tryLock()) {
      try {
        lock.lock();
        try {
          state.keys.closeSealers();
        } finally {
          lock.unlock();
        }
      } finally {
        writerLock.unlock();
      }
    }
  }
}
