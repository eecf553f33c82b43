package dev.sallyport.server.directive.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.server.directive.record.Channel;
import dev.sallyport.server.directive.record.OutputChunk;
import dev.sallyport.server.directive.record.RunKey;

/**
 * What the programs of one run write, on its way to the database.
 *
 * <p>The operations of a run write one log, one after the other. Of each operation some bytes may be stored already (from before a
 * lost link or a restart); the machine is asked for the rest only. Bytes wait here until the flusher stores them, or the run's end
 * takes them along, so a short command costs no write of its own. When too many wait, the run's thread does too, and through it the
 * machine.
 *
 * <p>Two threads meet here: the run's own, which appends and closes, and the flusher. Pieces leave in the order they came, and what the
 * flusher has taken must be settled (stored or given back) before {@link #close} answers, so what is stored is always a beginning
 * of the log, never a log with a hole.
 */
final class RunOutput {
  /** Bytes that may wait to be stored before the machine has to wait; 10,000 runs at this mark take 2.5 GB, one takes little. */
  static final int MAX_WAITING_BYTES = 256 * 1024;

  private final RunKey key;
  private final long limit;
  private final Map<Integer, Long> stored;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by the lock.
  private Deque<Piece> waiting = new ArrayDeque<>();
  private List<Piece> leaving = List.of();
  private int waitingBytes;
  private boolean closed;

  // The run's thread alone touches these.
  private int step;
  private long stepStart;
  private long seen;
  private long end;
  private boolean truncated;

  /**
   * @param limit bytes kept of the whole run
   * @param stored bytes of each step that are in the database
   */
  RunOutput(RunKey key, long limit, Map<Integer, Long> stored) {
    this.key = key;
    this.limit = limit;
    this.stored = stored;
  }

  /** Turns to the next operation; answers how many bytes of its output are held already. */
  long beginStep(int nextStep) {
    step = nextStep;
    stepStart = end;
    seen = stored.getOrDefault(nextStep, 0L);
    end = stepStart + seen;
    return seen;
  }

  /**
   * Takes what the present operation wrote.
   *
   * @param position of the first byte in the operation's output; what was seen before is skipped
   * @throws OutputGapException if bytes before it are missing
   */
  void append(Channel channel, byte[] bytes, long position) throws InterruptedException {
    if (position > seen) {
      throw new OutputGapException(seen, position);
    }
    int known = (int) Math.min(bytes.length, seen - position);
    int fresh = bytes.length - known;
    seen += fresh;
    int kept = (int) Math.min(fresh, Math.max(0, limit - end));
    truncated |= kept < fresh;
    if (kept > 0) {
      enqueue(channel, bytes, known, kept);
      end += kept;
    }
  }

  /** Bytes this run may still store. */
  long room() {
    return Math.max(0, limit - end);
  }

  /** Whether bytes were dropped at the limit. */
  boolean truncated() {
    return truncated;
  }

  /** Takes what waits, to be stored; empty when nothing does. The caller must answer with {@link #flushed}. */
  List<OutputChunk> startFlush() {
    lock.lock();
    try {
      if (!leaving.isEmpty() || waiting.isEmpty()) {
        return List.of();
      }
      leaving = new ArrayList<>(waiting);
      waiting = new ArrayDeque<>();
      return chunks(leaving);
    } finally {
      lock.unlock();
    }
  }

  /** Says whether what {@link #startFlush} gave is stored; if not, it waits again. */
  void flushed(boolean isStored) {
    lock.lock();
    try {
      if (isStored) {
        waitingBytes -= leaving.stream().mapToInt(piece -> piece.length).sum();
      } else {
        leaving.reversed().forEach(waiting::addFirst);
      }
      leaving = List.of();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a flush under way and takes the rest, which the caller stores with the run's end; nothing is taken after this. */
  List<OutputChunk> close() {
    lock.lock();
    try {
      closed = true;
      while (!leaving.isEmpty()) {
        changed.awaitUninterruptibly();
      }
      List<OutputChunk> rest = chunks(waiting);
      waiting.clear();
      return rest;
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(Channel channel, byte[] bytes, int from, int count) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waitingBytes >= MAX_WAITING_BYTES && !closed) {
        changed.await();
      }
      waitingBytes += count;
      int taken = 0;
      while (taken < count) {
        Piece piece = waiting.peekLast();
        if (piece == null || !piece.continues(step, channel, end + taken)) {
          piece = new Piece(end + taken, step, channel);
          waiting.addLast(piece);
        }
        taken += piece.take(bytes, from + taken, count - taken);
      }
    } finally {
      lock.unlock();
    }
  }

  private List<OutputChunk> chunks(Iterable<Piece> pieces) {
    var chunks = new ArrayList<OutputChunk>();
    for (Piece piece : pieces) {
      chunks.add(
          new OutputChunk(key, piece.position, piece.step, piece.channel, Arrays.copyOf(piece.bytes, piece.length)));
    }
    return chunks;
  }

  /** Neighbouring bytes of one operation and channel, gathered so that a program that writes byte by byte does not make a row of each. */
  private static final class Piece {
    private static final int FIRST_CAPACITY = 512;

    private final long position;
    private final int step;
    private final Channel channel;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;

    private Piece(long position, int step, Channel channel) {
      this.position = position;
      this.step = step;
      this.channel = channel;
    }

    private boolean continues(int nextStep, Channel nextChannel, long nextPosition) {
      return step == nextStep && channel == nextChannel && position + length == nextPosition
          && length < OutputChunk.MAX_BYTES;
    }

    private int take(byte[] source, int from, int count) {
      int taken = Math.min(count, OutputChunk.MAX_BYTES - length);
      if (length + taken > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(OutputChunk.MAX_BYTES, Math.max(bytes.length * 2, length + taken)));
      }
      System.arraycopy(source, from, bytes, length, taken);
      length += taken;
      return taken;
    }
  }
}
