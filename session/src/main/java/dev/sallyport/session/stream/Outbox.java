package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/** What a stream has to send and was not packed yet. Guarded by the session's lock. */
final class Outbox {
  final SendWindow credit;
  private final ArrayDeque<Frame.Data> frames = new ArrayDeque<>(1);
  private int bytes;
  private boolean finQueued;
  private boolean finSent;

  /** Stands in one of the send queue's rings. */
  boolean scheduled;
  /** Stands in the list of those that wait for room in the session's send queue. */
  boolean awaitsRoom;
  /** Bytes taken in the present turn, which may go on over several records. */
  int turn;
  /** Credit to give back with the next record. */
  int grant;
  /** The OPEN of a stream of ours, until it is packed. */
  Frame.@Nullable Open opening;

  Outbox(int initialCredit) {
    credit = new SendWindow(initialCredit);
  }

  /** Whether there is room for a frame of the given size; an empty outbox has room for any. */
  boolean admits(int size) {
    return bytes == 0 || bytes + size <= SessionLimits.MAX_STREAM_QUEUE_BYTES;
  }

  void add(Frame.Data data) {
    frames.add(data);
    bytes += data.size();
    finQueued |= data.fin();
  }

  Frame.@Nullable Data peek() {
    return frames.peek();
  }

  /** Takes the first frame off, its credit paid. */
  Frame.Data take() {
    Frame.Data data = frames.remove();
    bytes -= data.size();
    credit.spend(data.size());
    finSent |= data.fin();
    return data;
  }

  /** Whether the first frame waits for nothing but its turn. */
  boolean sendable() {
    Frame.Data first = frames.peek();
    return first != null && credit.covers(first.size());
  }

  /** Whether the next frame has to wait for another turn; a frame larger than the quantum has one of its own. */
  boolean turnIsOver() {
    Frame.Data next = frames.peek();
    return next != null && turn > 0 && turn + next.size() > SessionLimits.QUANTUM_BYTES;
  }

  /** Forgets what was not sent; returns how many bytes that was. */
  int discard() {
    int discarded = bytes;
    frames.clear();
    bytes = 0;
    return discarded;
  }

  int bytes() {
    return bytes;
  }

  boolean finQueued() {
    return finQueued;
  }

  boolean finSent() {
    return finSent;
  }
}
