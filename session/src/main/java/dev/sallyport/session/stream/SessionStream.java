package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/**
 * One flow inside a session, with two independent directions. Any thread may call any method; calls that block do so on
 * virtual threads at no cost. Each end of a stream must read to the end or {@link #reset}: bytes that lie unread hold
 * credit that all streams of the session share.
 *
 * <p>All state is guarded by the session's lock: public methods take it, the others expect it.
 */
public final class SessionStream {
  /** RESET code of a stream that the receiver has no room for; given by the session itself. */
  public static final int REFUSED = 2;

  private static final int NOT_RESET = -1;

  final Inbox inbox;
  final Outbox outbox;

  private final Session session;
  private final SessionState state;
  private final int id;
  private Priority priority = Priority.INTERACTIVE;
  private int resetCode = NOT_RESET;
  private boolean resetByPeer;
  private @Nullable Condition readable;
  private @Nullable Condition writable;
  private @Nullable Runnable listener;

  SessionStream(Session session, SessionState state, int id, int credit) {
    this.session = session;
    this.state = state;
    this.id = id;
    inbox = new Inbox(credit);
    outbox = new Outbox(credit);
  }

  /** Its number: even if the server opened it, odd if the agent did. */
  public int id() {
    return id;
  }

  /**
   * Waits for the next DATA body, as it was sent; null once the peer has said its last and all is read. Bodies that
   * arrived before the session ended can still be read.
   *
   * @throws StreamResetException   if either side reset the stream
   * @throws SessionClosedException if the session ended before the stream did
   * @throws InterruptedException   if the thread was interrupted; nothing is lost
   */
  public byte @Nullable [] read() throws StreamResetException, SessionClosedException, InterruptedException {
    session.lockInterruptibly();
    try {
      while (!canRead()) {
        readable().await();
      }
      return take();
    } finally {
      session.release();
    }
  }

  /** Whether {@link #read} would return or throw at once. */
  public boolean isReadable() {
    session.lock();
    try {
      return canRead();
    } finally {
      session.release();
    }
  }

  /**
   * Sends one DATA frame, after waiting for room in the send queue.
   *
   * @param body at most {@link Frame#MAX_DATA_BYTES}, better no more than {@link SessionLimits#QUANTUM_BYTES}; it belongs to
   *        the stream from now on
   * @param fin  whether it is the last
   * @throws StreamResetException   if either side reset the stream
   * @throws SessionClosedException if the session ended
   * @throws InterruptedException   if the thread was interrupted; nothing was sent
   * @throws IllegalStateException  if the last was sent before
   */
  public void write(byte[] body, boolean fin) throws StreamResetException, SessionClosedException,
      InterruptedException {
    Frame.Data data = new Frame.Data(id, body, fin);
    session.lockInterruptibly();
    try {
      requireWritable();
      while (!state.queue.admits(this, data.size())) {
        writable().await();
        requireWritable();
      }
      state.queue.data(this, data);
    } finally {
      session.release();
    }
  }

  /** As {@link #write}, but returns false where that would wait. */
  public boolean tryWrite(byte[] body, boolean fin) throws StreamResetException, SessionClosedException {
    Frame.Data data = new Frame.Data(id, body, fin);
    session.lock();
    try {
      requireWritable();
      boolean admitted = state.queue.admits(this, data.size());
      if (admitted) {
        state.queue.data(this, data);
      }
      return admitted;
    } finally {
      session.release();
    }
  }

  /**
   * Ends the stream in both directions at once; what is not yet read or sent is dropped. On a stream that is already over
   * it only drops what is unread.
   *
   * @param code why, 0 to 65,535
   */
  public void reset(int code) {
    Frame.Reset frame = new Frame.Reset(id, code);
    session.whileOpen(() -> state.resetHere(this, frame));
  }

  /** Sets who goes first when there is more to send than room; from its next turn on. */
  public void priority(Priority newPriority) {
    session.lock();
    try {
      priority = newPriority;
    } finally {
      session.release();
    }
  }

  /**
   * Runs the task whenever there may be something new to read, an end included, on the thread that brought it: mostly the
   * reader thread. It must not block. If something is readable now, it runs once at once.
   */
  public void onReadable(Runnable task) {
    boolean now;
    session.lock();
    try {
      listener = task;
      now = canRead();
    } finally {
      session.release();
    }
    if (now) {
      task.run();
    }
  }

  @Override
  public String toString() {
    return "stream " + id;
  }

  Priority priority() {
    return priority;
  }

  /** Whether both directions have come to their end. */
  boolean finished() {
    return inbox.finished() && outbox.finSent();
  }

  boolean isReset() {
    return resetCode != NOT_RESET;
  }

  void markReset(int code, boolean byPeer) {
    resetCode = code;
    resetByPeer = byPeer;
    wakeReader();
    wakeWriter();
  }

  void wakeReader() {
    if (readable != null) {
      readable.signalAll();
    }
  }

  void wakeWriter() {
    if (writable != null) {
      writable.signalAll();
    }
  }

  /** To be run, without the lock, after {@link #wakeReader}. */
  @Nullable
  Runnable listener() {
    return listener;
  }

  private boolean canRead() {
    return !inbox.isEmpty() || inbox.finished() || isReset() || state.phase().over();
  }

  private byte @Nullable [] take() throws StreamResetException, SessionClosedException {
    requireNotReset();
    byte[] body = inbox.poll();
    if (body != null) {
      state.consumed(this, Frame.HEADER_BYTES + body.length);
      return body;
    }
    if (inbox.finished()) {
      return null;
    }
    throw state.closedException();
  }

  private void requireWritable() throws StreamResetException, SessionClosedException {
    requireNotReset();
    if (state.phase().over()) {
      throw state.closedException();
    }
    if (outbox.finQueued()) {
      throw new IllegalStateException("stream " + id + " has said its last");
    }
  }

  private void requireNotReset() throws StreamResetException {
    if (isReset()) {
      throw new StreamResetException(id, resetCode, resetByPeer);
    }
  }

  private Condition readable() {
    if (readable == null) {
      readable = session.newCondition();
    }
    return readable;
  }

  private Condition writable() {
    if (writable == null) {
      writable = session.newCondition();
    }
    return writable;
  }
}
