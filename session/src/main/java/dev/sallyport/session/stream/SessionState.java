package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.session.record.RecordSealer;
import dev.sallyport.session.stream.SessionClosedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the session's lock guards, and the rules by which it changes. Every method expects the lock, none calls the host;
 * the one exception is {@link #phase}, which may be read without.
 */
final class SessionState {
  final StreamTable table;
  final SendQueue queue;
  final KeyRing keys;
  final Keepalive keepalive;
  final ReceiveWindow window;
  final Words words;

  private final Session session;
  private final Role role;
  private final SessionLimits limits;
  private final Condition slotFreed;
  private volatile Phase phase = Phase.EXPECTING;
  private @Nullable SessionClosedException cause;
  private boolean causeUntold;

  SessionState(Session session, Role role, SessionLimits limits, KeyRing keys, Condition slotFreed) {
    this.session = session;
    this.role = role;
    this.limits = limits;
    this.keys = keys;
    this.slotFreed = slotFreed;
    table = new StreamTable(role, limits);
    queue = new SendQueue(limits);
    keepalive = new Keepalive(role, limits.keepalive());
    window = new ReceiveWindow(limits.sessionCredit());
    words = new Words(this, role);
  }

  Role role() {
    return role;
  }

  // -- phases -------------------------------------------------------------------------------------------------------

  /** Readable without the lock: it only moves forward. */
  Phase phase() {
    return phase;
  }

  void moveTo(Phase next) {
    if (next.compareTo(phase) < 0) {
      throw new IllegalStateException("a session does not go from " + phase + " back to " + next);
    }
    phase = next;
  }

  /** The session is over, for this reason; the first one counts. */
  void end(SessionClosedException why) {
    if (phase.over()) {
      return;
    }
    moveTo(Phase.CLOSING);
    cause = why;
    causeUntold = true;
    queue.clear();
    for (SessionStream stream : table.all()) {
      stream.wakeReader();
      stream.wakeWriter();
    }
    slotFreed.signalAll();
  }

  /** Ends the session with a GOAWAY as its last frame. */
  private void endWith(GoAwayCode code, Duration retryAfter, SessionClosedException why) {
    if (!phase.over()) {
      end(why);
      queue.control(new Frame.GoAway(code, retryAfter));
    }
  }

  void fail(PeerViolation violation) {
    String why = Objects.requireNonNullElse(violation.getMessage(), "a violation");
    endWith(violation.code(), Duration.ZERO, new SessionClosedException(Reason.PEER_VIOLATION, why));
  }

  /** Nothing more goes out. */
  void silence() {
    queue.clear();
    moveTo(Phase.CLOSED);
  }

  /** Announces the shutdown of this end: open streams go on, or, if there were none yet, nothing does. */
  private void drain(Duration retryAfter) {
    if (!phase.streaming()) {
      endWith(GoAwayCode.SHUTDOWN, retryAfter, new SessionClosedException(Reason.SENT_AWAY,
          "this end shut down before the session was established"));
      return;
    }
    queue.control(new Frame.GoAway(GoAwayCode.SHUTDOWN, retryAfter));
    moveTo(Phase.DRAINING);
    slotFreed.signalAll();
  }

  void peerGoesAway(GoAwayCode code) {
    if (phase.over()) {
      return;
    }
    if (code.drains() && phase.streaming()) {
      moveTo(Phase.DRAINING);
      slotFreed.signalAll();
      endIfDrained();
    } else {
      end(new SessionClosedException(Reason.PEER_GONE, "the peer ended the session: " + code));
    }
  }

  /** Everything there was is fetched. A last word that came up meanwhile is still to be. */
  void sentAll() {
    endIfDrained();
    if (phase == Phase.CLOSING && queue.isEmpty()) {
      silence();
    }
  }

  void goAway(GoAwayCode code, Duration retryAfter) {
    if (code.drains()) {
      drain(retryAfter);
    } else {
      endWith(code, retryAfter, new SessionClosedException(Reason.SENT_AWAY, "this end ended the session: " + code));
    }
  }

  /** A draining session with no streams and nothing to send is over. */
  void endIfDrained() {
    if (phase == Phase.DRAINING && table.size() == 0 && queue.isEmpty()) {
      end(new SessionClosedException(Reason.DRAINED, "the session was drained"));
    }
  }

  SessionClosedException closedException() {
    return Objects.requireNonNull(cause, "only a session that is over has a cause").again();
  }

  /** Why the session is over, once; for {@link SessionEvents#closed}. */
  @Nullable
  SessionClosedException takeUntoldCause() {
    if (!causeUntold) {
      return null;
    }
    causeUntold = false;
    return cause;
  }

  // -- streams ------------------------------------------------------------------------------------------------------

  /** Refuses to open a stream when there will be no more. */
  void requireOpening() throws SessionClosedException {
    switch (phase) {
      case EXPECTING, CONFIRMING -> throw new IllegalStateException("no stream before the session is established");
      case ESTABLISHED -> {
        if (table.exhausted()) {
          drain(Duration.ZERO);
          throw new SessionClosedException(Reason.DRAINED, "all stream numbers are used up; a new session begins anew");
        }
      }
      case DRAINING -> throw new SessionClosedException(Reason.DRAINED, "the session drains and opens no more streams");
      case CLOSING, CLOSED -> throw closedException();
    }
  }

  /** What listens to streams, to be told when the session ends. */
  List<Runnable> listeners() {
    List<Runnable> listeners = new ArrayList<>();
    for (SessionStream stream : table.all()) {
      Runnable listener = stream.listener();
      if (listener != null) {
        listeners.add(listener);
      }
    }
    return listeners;
  }

  /** Opens a stream of ours, for which there is a slot. */
  SessionStream openStream(int kind, byte[] metadata) {
    SessionStream stream = new SessionStream(session, this, table.takeNumber(), limits.streamCredit());
    stream.outbox.opening = new Frame.Open(stream.id(), kind, metadata);
    table.add(stream);
    queue.open(stream);
    return stream;
  }

  /** Takes in a stream the peer opens; null, and a RESET on its way, if it is one too many or comes too late. */
  @Nullable
  SessionStream acceptStream(Frame.Open open) {
    table.notePeerNumber(open.stream());
    if (phase != Phase.ESTABLISHED || !table.hasPeerSlot()) {
      queue.control(new Frame.Reset(open.stream(), SessionStream.REFUSED));
      return null;
    }
    SessionStream stream = new SessionStream(session, this, open.stream(), limits.streamCredit());
    table.add(stream);
    return stream;
  }

  /** Forgets a stream whose two directions have come to their ends. */
  void finish(SessionStream stream) {
    if (stream.finished()) {
      remove(stream);
    }
  }

  /** Ends a stream at once. Its unread bytes give back the credit they held. */
  void reset(SessionStream stream, int code, boolean byPeer) {
    queue.grantSession(window.consume(stream.inbox.discard()));
    queue.forget(stream);
    stream.markReset(code, byPeer);
    remove(stream);
  }

  /** The host ends a stream at once; the peer is told if it knows the stream and is not done with it. */
  void resetHere(SessionStream stream, Frame.Reset frame) {
    boolean known = stream.outbox.opening == null;
    if (table.contains(stream) && known && !phase.over()) {
      queue.control(frame);
    }
    if (!stream.isReset()) {
      reset(stream, frame.code(), false);
    }
    endIfDrained();
  }

  /** The host has read so many bytes of credit from a stream. */
  void consumed(SessionStream stream, int bytes) {
    if (!phase.over()) {
      queue.grant(stream, stream.inbox.consume(bytes));
      queue.grantSession(window.consume(bytes));
    }
  }

  /** Waits, the lock given up meanwhile, until this end may open one more stream. */
  void awaitSlot() throws SessionClosedException, InterruptedException {
    requireOpening();
    while (!table.hasOwnSlot()) {
      slotFreed.await();
      requireOpening();
    }
  }

  private void remove(SessionStream stream) {
    if (table.remove(stream)) {
      slotFreed.signal();
    }
  }

  // -- what goes out ------------------------------------------------------------------------------------------------

  /** The next record's frames, or null if there is nothing to send. The caller holds the writer's lock as well. */
  @Nullable
  Batch nextBatch() {
    if (phase == Phase.CLOSED) {
      return null; // a rehandshake's words may still wait, but there is no key to say them under
    }
    Frame.Control word = keys.takeFirstWord();
    if (word != null) {
      return new Batch(keys.newSealer(), List.of(word), Batch.Then.KEEP);
    }
    RecordSealer old = keys.takeSwitch();
    if (old != null) {
      return new Batch(old, List.of(new Frame.Control(ControlVerb.SWITCH, new byte[0])), Batch.Then.CLOSE);
    }
    List<Frame> frames = new ArrayList<>();
    if (words.maySend()) {
      queue.pack(limits.recordBytes() - Frame.HEADER_BYTES, frames, this::finish);
    }
    if (frames.isEmpty()) {
      queue.drained();
      return null;
    }
    if (keys.takeRekey()) {
      frames.add(new Frame.Rekey());
      return new Batch(keys.sealer(), frames, Batch.Then.REKEY);
    }
    return new Batch(keys.sealer(), frames, Batch.Then.KEEP);
  }
}
