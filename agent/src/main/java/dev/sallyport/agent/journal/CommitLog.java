package dev.sallyport.agent.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.agent.state.StateFile;
import dev.sallyport.agent.state.StateFiles;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of records whose writers share syncs.
 *
 * <p><b>Group commit.</b> A writer adds its record to the batch being filled. If nobody is writing it becomes the leader: it takes the
 * batch, writes it as one frame, syncs, and wakes all whose records were in it. Records that come meanwhile fill the next batch, led by
 * one of its own writers. So a lone writer pays one sync and no thread switch, and a thousand writers pay a few syncs together.
 *
 * <p><b>State.</b> {@link Replica#apply} sees every record after it became durable, in file order, by one thread at a time, and before
 * the writer's call returns. When the file has grown far beyond what the state needs, the leader writes the state's own records into a
 * fresh file and renames it over the old one.
 *
 * <p><b>Failure.</b> When a write or sync fails, all writers of the batch are told, nothing of it is applied, and the next batch is
 * written over what may be there of it; everything before was synced and is not touched. Only when the renaming of a fresh file is in
 * doubt does the next batch begin with another fresh file, for either of the two may be the one found after a crash.
 *
 * <p>Lock order: {@code lock} guards the batches and is never held during I/O. The file belongs to whoever leads.
 */
final class CommitLog implements AutoCloseable {
  /** What the records add up to. */
  interface Replica {
    void apply(byte[] bytes, int offset, int length) throws IOException;

    /** Hands over records that would make up the state as it is, for a fresh file. */
    void snapshot(RecordSink sink) throws IOException;

    /** About how many bytes {@link #snapshot} would write. */
    long snapshotBytes();
  }

  @FunctionalInterface
  interface RecordSink {
    void put(byte[] record) throws IOException;
  }

  /** A file smaller than this is never worth rewriting. */
  static final long MIN_REWRITE_BYTES = 256 << 10;

  /** A file is rewritten when it is so many times larger than its state. */
  static final int REWRITE_FACTOR = 4;

  /** Most bytes of a batch; a record is smaller than this. */
  static final int MAX_BATCH_BYTES = 1 << 20;

  private static final int RECORD_HEADER_BYTES = 4;
  private static final String UNFINISHED = ".new";

  private final StateFiles files;
  private final String name;
  private final Replica replica;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private Batch filling = new Batch();
  private boolean leading;

  private StateFile file;
  private long end;
  private long number;
  private long rewriteAbove = MIN_REWRITE_BYTES;
  private boolean nameInDoubt;

  private static final class Batch {
    private final ByteArrayOutputStream records = new ByteArrayOutputStream(512);
    private boolean over;
    /** Stays unless the batch became durable: a leader that dies of anything must not pass for success. */
    private @Nullable IOException failure = new IOException("the journal's writer failed");

    void add(byte[] record) {
      writeInt(records, record.length);
      records.writeBytes(record);
    }
  }

  /** Takes a file over whose frames have been read; {@code end} and {@code number} are those of the last good one. */
  CommitLog(StateFiles files, String name, Replica replica, StateFile file, long end, long number) {
    this.files = files;
    this.name = name;
    this.replica = replica;
    this.file = file;
    this.end = end;
    this.number = number;
  }

  /** Hands each record of a frame to the replica. */
  static void replay(byte[] payload, Replica replica) throws IOException {
    int at = 0;
    while (at < payload.length) {
      if (payload.length - at < RECORD_HEADER_BYTES) {
        throw new IOException("a journal frame ends inside a record");
      }
      int length = readInt(payload, at);
      at += RECORD_HEADER_BYTES;
      if (length < 0 || length > payload.length - at) {
        throw new IOException("a journal record claims " + length + " bytes");
      }
      replica.apply(payload, at, length);
      at += length;
    }
  }

  /** Returns when the record is durable and applied; not interruptible. An exception means that it never will be applied. */
  void append(byte[] record) throws IOException {
    lock.lock();
    try {
      Batch mine = join(record);
      while (!mine.over) {
        moveOn();
      }
      IOException failure = mine.failure;
      if (failure != null) {
        throw new IOException(failure.getMessage(), failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets the record travel with the next append; lost if none comes before a crash. */
  void appendLater(byte[] record) {
    lock.lock();
    try {
      join(record);
    } finally {
      lock.unlock();
    }
  }

  /** Writes what {@link #appendLater} left behind, if the disk takes it. */
  void flush() {
    lock.lock();
    try {
      Batch waiting = filling;
      while (!waiting.over && waiting.records.size() > 0) {
        moveOn();
      }
    } finally {
      lock.unlock();
    }
  }

  private Batch join(byte[] record) {
    if (record.length + RECORD_HEADER_BYTES > MAX_BATCH_BYTES) {
      throw new IllegalArgumentException(
          "a record of " + record.length + " bytes is beyond the limit of " + MAX_BATCH_BYTES);
    }
    while (filling.records.size() + record.length + RECORD_HEADER_BYTES > MAX_BATCH_BYTES) {
      moveOn();
    }
    filling.add(record);
    return filling;
  }

  /** Waits for whoever leads, or leads. Called with the lock held, until what the caller waits for has come true. */
  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private void moveOn() {
    if (leading) {
      moved.awaitUninterruptibly();
      return;
    }
    leading = true;
    Batch batch = filling;
    filling = new Batch();
    lock.unlock();
    try {
      commit(batch);
    } finally {
      lock.lock();
      leading = false;
      batch.over = true;
      moved.signalAll();
    }
  }

  private void commit(Batch batch) {
    try {
      if (nameInDoubt) {
        rewrite();
      }
      byte[] payload = batch.records.toByteArray();
      byte[] frame = Frames.encode(number + 1, payload, payload.length);
      file.write(end, frame, 0, frame.length);
      file.sync();
      number++;
      end += frame.length;
      replay(payload, replica);
      batch.failure = null;
      if (end > rewriteAbove) {
        rewriteIfWorthwhile();
      }
    } catch (IOException e) {
      batch.failure = e;
    }
  }

  private void rewriteIfWorthwhile() {
    if (end > REWRITE_FACTOR * replica.snapshotBytes()) {
      try {
        rewrite();
      } catch (IOException e) {
        // Unless its name is in doubt the old file stays in use; room for a new one may come.
        rewriteAbove = 2 * end;
      }
    } else {
      rewriteAbove = Math.max(MIN_REWRITE_BYTES, REWRITE_FACTOR * replica.snapshotBytes());
    }
  }

  /** Replaces the file by one that holds only the state. Called by the leader, or before anybody else knows this log. */
  void rewrite() throws IOException {
    String unfinished = name + UNFINISHED;
    StateFile fresh = files.create(unfinished);
    var writer = new SnapshotWriter(fresh);
    try {
      replica.snapshot(writer);
      writer.flush();
      fresh.sync();
      nameInDoubt = true;
      files.rename(unfinished, name);
      files.syncDirectory();
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
    file.close();
    file = fresh;
    end = writer.end;
    number = writer.number;
    nameInDoubt = false;
    rewriteAbove = Math.max(MIN_REWRITE_BYTES, REWRITE_FACTOR * end);
  }

  private static final class SnapshotWriter implements RecordSink {
    private static final int FRAME_BYTES = 64 << 10;

    private final StateFile file;
    private final ByteArrayOutputStream records = new ByteArrayOutputStream(FRAME_BYTES);
    private long end;
    private long number;

    SnapshotWriter(StateFile file) {
      this.file = file;
    }

    @Override
    public void put(byte[] record) throws IOException {
      writeInt(records, record.length);
      records.writeBytes(record);
      if (records.size() >= FRAME_BYTES) {
        flush();
      }
    }

    void flush() throws IOException {
      byte[] payload = records.toByteArray();
      byte[] frame = Frames.encode(number + 1, payload, payload.length);
      file.write(end, frame, 0, frame.length);
      end += frame.length;
      number++;
      records.reset();
    }
  }

  /** Writes what {@link #appendLater} left behind. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      while (leading || (filling.records.size() > 0 && !nameInDoubt)) {
        moveOn();
      }
      file.close();
    } finally {
      lock.unlock();
    }
  }

  private static void writeInt(ByteArrayOutputStream out, int value) {
    out.write(value >>> 24);
    out.write(value >>> 16);
    out.write(value >>> 8);
    out.write(value);
  }

  private static int readInt(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }
}
