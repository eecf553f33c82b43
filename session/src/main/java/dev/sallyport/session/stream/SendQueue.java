package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.frame.Frame;

/**
 * What waits to be sent, and the order in which it goes: control frames, credit, OPENs, then DATA of interactive streams
 * and of bulk streams, each group in turns of {@link SessionLimits#QUANTUM_BYTES}. A stream stands in a ring while its
 * first frame has credit; one that runs out of credit leaves, and returns when the peer gives more. When the session's
 * credit does not cover the next frame in turn, all DATA waits: letting smaller frames pass would starve large ones.
 * Guarded by the session's lock.
 */
final class SendQueue {
  private static final int CREDIT_BYTES = Frame.HEADER_BYTES + 4;
  /** Queues that have held more together give their memory back when they are empty. */
  private static final int KEPT_CAPACITY = 64;

  private final SessionLimits limits;
  private final SendWindow credit;
  private ArrayDeque<Frame> control = new ArrayDeque<>(1);
  private ArrayDeque<SessionStream> grants = new ArrayDeque<>(1);
  private ArrayDeque<SessionStream> opens = new ArrayDeque<>(1);
  private ArrayDeque<SessionStream> interactive = new ArrayDeque<>(1);
  private ArrayDeque<SessionStream> bulk = new ArrayDeque<>(1);
  private ArrayDeque<SessionStream> waitingWriters = new ArrayDeque<>(1);
  private boolean grown;
  private int controlBytes;
  private int dataBytes;
  private int sessionGrant;
  private boolean awake;
  private boolean wakeDue;

  SendQueue(SessionLimits limits) {
    this.limits = limits;
    credit = new SendWindow(limits.sessionCredit());
  }

  /** A frame that goes before all streams. A peer that makes us answer and does not read is in violation. */
  void control(Frame frame) {
    count(frame);
    control.add(frame);
    touch();
  }

  /** The frame that the session begins with: it goes before all others. */
  void first(Frame frame) {
    count(frame);
    control.addFirst(frame);
    touch();
  }

  private void count(Frame frame) {
    controlBytes += frame.size();
    if (controlBytes > SessionLimits.MAX_CONTROL_QUEUE_BYTES) {
      throw PeerViolation.flow("more than " + SessionLimits.MAX_CONTROL_QUEUE_BYTES
          + " bytes of control frames wait for a peer that does not read");
    }
  }

  void open(SessionStream stream) {
    opens.add(stream);
    touch();
  }

  /** Gives the peer credit: for a stream, and for the whole session; 0 is none. */
  void grant(SessionStream stream, int bytes) {
    if (bytes > 0) {
      if (stream.outbox.grant == 0) {
        grants.add(stream);
      }
      stream.outbox.grant += bytes;
      touch();
    }
  }

  void grantSession(int bytes) {
    if (bytes > 0) {
      sessionGrant += bytes;
      touch();
    }
  }

  /** Whether a writer may add so many bytes now; otherwise the stream is told when it is worth another try. */
  boolean admits(SessionStream stream, int size) {
    if (!stream.outbox.admits(size)) {
      return false;
    }
    if (dataBytes == 0 || dataBytes + size <= limits.sendQueueBytes()) {
      return true;
    }
    if (!stream.outbox.awaitsRoom) {
      stream.outbox.awaitsRoom = true;
      waitingWriters.add(stream);
    }
    return false;
  }

  void data(SessionStream stream, Frame.Data data) {
    stream.outbox.add(data);
    dataBytes += data.size();
    schedule(stream);
  }

  /** Puts a stream into its ring if its first frame can go; to be called when its frames or its credit grow. */
  void schedule(SessionStream stream) {
    if (!stream.outbox.scheduled && stream.outbox.sendable()) {
      stream.outbox.scheduled = true;
      ring(stream).add(stream);
      touch();
    }
  }

  /** The peer gives credit for the whole session. */
  void addCredit(int delta) {
    credit.add(delta);
    if (!interactive.isEmpty() || !bulk.isEmpty()) {
      touch();
    }
  }

  /** Drops all a stream still had to send. */
  void forget(SessionStream stream) {
    dataBytes -= stream.outbox.discard();
    if (stream.outbox.scheduled) {
      touch(); // it leaves its ring when the host fetches next, and a session that drains waits for that
    }
    stream.outbox.opening = null;
    stream.outbox.grant = 0;
    admitWaitingWriters();
  }

  /** Drops everything, for the last word of a session. */
  void clear() {
    control.clear();
    grants.clear();
    opens.clear();
    interactive.clear();
    bulk.clear();
    waitingWriters.clear();
    controlBytes = 0;
    dataBytes = 0;
    sessionGrant = 0;
  }

  /**
   * Moves frames to {@code out}, at most {@code room} bytes, in order of their right.
   *
   * @param sent is told of each stream whose FIN went along
   */
  void pack(int room, List<Frame> out, Consumer<SessionStream> sent) {
    grown |= control.size() + grants.size() + opens.size() + interactive.size() + bulk.size() + waitingWriters
        .size() > KEPT_CAPACITY;
    int left = packControl(room, out);
    left = packGrants(left, out);
    left = packOpens(left, out);
    left = packData(interactive, left, out, sent);
    if (interactive.isEmpty()) {
      packData(bulk, left, out, sent);
    }
    admitWaitingWriters();
  }

  boolean isEmpty() {
    return control.isEmpty() && grants.isEmpty() && opens.isEmpty() && interactive.isEmpty() && bulk.isEmpty()
        && sessionGrant == 0;
  }

  /** Nothing is left for the host to fetch: the next thing to send wakes it again. */
  void drained() {
    awake = false;
    if (grown && isEmpty() && waitingWriters.isEmpty()) {
      grown = false;
      control = new ArrayDeque<>(1);
      grants = new ArrayDeque<>(1);
      opens = new ArrayDeque<>(1);
      interactive = new ArrayDeque<>(1);
      bulk = new ArrayDeque<>(1);
      waitingWriters = new ArrayDeque<>(1);
    }
  }

  /** Something can be sent at once; the session's host is woken when the lock is released. */
  void touch() {
    if (!awake) {
      awake = true;
      wakeDue = true;
    }
  }

  boolean takeWake() {
    boolean due = wakeDue;
    wakeDue = false;
    return due;
  }

  private int packControl(int room, List<Frame> out) {
    int left = room;
    for (Frame frame = control.peek(); frame != null && frame.size() <= left; frame = control.peek()) {
      left -= move(control.remove(), out);
      controlBytes -= frame.size();
    }
    return control.isEmpty() ? left : 0;
  }

  private int packGrants(int room, List<Frame> out) {
    int left = room;
    if (sessionGrant > 0 && left >= CREDIT_BYTES) {
      left -= move(new Frame.Credit(0, sessionGrant), out);
      sessionGrant = 0;
    }
    while (left >= CREDIT_BYTES && !grants.isEmpty()) {
      SessionStream stream = grants.remove();
      if (stream.outbox.grant > 0) {
        left -= move(new Frame.Credit(stream.id(), stream.outbox.grant), out);
        stream.outbox.grant = 0;
      }
    }
    return left;
  }

  private int packOpens(int room, List<Frame> out) {
    int left = room;
    for (SessionStream stream = opens.peek(); stream != null; stream = opens.peek()) {
      Frame.Open open = stream.outbox.opening;
      if (open != null) {
        if (open.size() > left) {
          return 0;
        }
        left -= move(open, out);
        stream.outbox.opening = null;
      }
      opens.remove();
    }
    return left;
  }

  private int packData(ArrayDeque<SessionStream> ring, int room, List<Frame> out, Consumer<SessionStream> sent) {
    int left = room;
    for (SessionStream stream = ring.peek(); stream != null; stream = ring.peek()) {
      Outbox outbox = stream.outbox;
      left -= packTurn(outbox, left, out);
      stream.wakeWriter();
      boolean more = outbox.sendable();
      if (more && !outbox.turnIsOver()) {
        return 0; // the record is full, or the session's credit is spent: the turn goes on in the next record
      }
      outbox.turn = 0;
      ring.remove();
      if (more) {
        ring(stream).add(stream);
      } else {
        outbox.scheduled = false;
      }
      if (outbox.finSent()) {
        sent.accept(stream);
      }
    }
    return left;
  }

  /** Takes what fits of one stream's turn; returns its bytes. */
  private int packTurn(Outbox outbox, int room, List<Frame> out) {
    int taken = 0;
    for (Frame.Data next = outbox.peek(); next != null && outbox.sendable(); next = outbox.peek()) {
      int size = next.size();
      if (outbox.turnIsOver() || size > room - taken || !credit.covers(size)) {
        return taken;
      }
      credit.spend(size);
      dataBytes -= size;
      outbox.turn += size;
      taken += move(outbox.take(), out);
    }
    return taken;
  }

  private ArrayDeque<SessionStream> ring(SessionStream stream) {
    return switch (stream.priority()) {
      case INTERACTIVE -> interactive;
      case BULK -> bulk;
    };
  }

  private void admitWaitingWriters() {
    if (dataBytes <= limits.sendQueueBytes() / 2) {
      for (SessionStream stream = waitingWriters.poll(); stream != null; stream = waitingWriters.poll()) {
        stream.outbox.awaitsRoom = false;
        stream.wakeWriter();
      }
    }
  }

  private static int move(Frame frame, List<Frame> out) {
    out.add(frame);
    return frame.size();
  }

}
