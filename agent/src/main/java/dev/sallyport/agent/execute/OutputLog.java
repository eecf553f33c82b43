package dev.sallyport.agent.execute;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import dev.sallyport.agent.journal.KeptOutput;
import dev.sallyport.agent.state.StateFile;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.OutputChannel;
import org.jspecify.annotations.Nullable;

/**
 * The output of one operation, both channels interleaved as they came, for any number of readers at their own pace.
 *
 * <p>It stands between the operation and the network: writing never waits for a reader. Up to {@link #MAX_INLINE_BYTES} it lies in
 * memory, beyond that in a file. At the operation's limit, or when the disk is full, the log is cut: all that follows is
 * dropped.
 *
 * <p>A position counts bytes of output from the beginning; the form in memory and file is {@code channel(1) length(4) bytes}, repeated.
 */
final class OutputLog implements RunOutput {
  /** Most bytes, pieces' headers included, that stay in memory and go into the journal. */
  static final int MAX_INLINE_BYTES = 16 << 10;

  private static final int HEADER_BYTES = 5;
  private static final int FIRST_BYTES = 256;

  private final OutputFiles files;
  private final long limit;
  private byte[] memory = new byte[0];
  private @Nullable StateFile file;
  private long fileNumber;
  private long length;
  private long kept;
  private long lastHeader = -1;
  private boolean cut;
  private boolean sealed;
  private boolean abandoned;
  private int readers;

  /**
   * @param limit most bytes of output that are kept
   */
  OutputLog(OutputFiles files, long limit) {
    this.files = files;
    this.limit = limit;
  }

  /** A log that has ended long ago. */
  static OutputLog stored(OutputFiles files, KeptOutput output) throws IOException {
    var log = new OutputLog(files, 0);
    log.sealed = true;
    log.abandoned = true;
    switch (output) {
      case KeptOutput.Inline(Bytes bytes) -> {
        log.memory = bytes.toArray();
        log.length = log.memory.length;
      }
      case KeptOutput.Spooled(long number, long fileLength) -> {
        log.file = files.open(number);
        log.length = fileLength;
      }
    }
    return log;
  }

  @Override
  public synchronized void write(OutputChannel channel, byte[] bytes, int offset, int count) {
    if (sealed || cut) {
      return;
    }
    int fitting = (int) Math.min(count, limit - kept);
    cut |= fitting < count;
    int done = 0;
    while (done < fitting) {
      int piece = Math.min(fitting - done, MAX_PIECE_BYTES);
      if (!put(channel, bytes, offset + done, piece)) {
        cut = true;
        break;
      }
      kept += piece;
      done += piece;
    }
    notifyAll();
  }

  private boolean put(OutputChannel channel, byte[] bytes, int offset, int count) {
    try {
      if (file == null && length + HEADER_BYTES + count > MAX_INLINE_BYTES && !moveToFile()) {
        return false;
      }
      return file == null ? putInMemory(channel, bytes, offset, count) : putInFile(file, channel, bytes, offset, count);
    } catch (IOException e) {
      // A full disk cuts the output; the operation itself goes on, and its result tells.
      return false;
    }
  }

  /** A program that writes byte by byte does not cost five more for each: what follows on the same channel joins the last piece. */
  private boolean putInMemory(OutputChannel channel, byte[] bytes, int offset, int count) {
    reserveMemory((int) length + HEADER_BYTES + count);
    ByteBuffer buffer = ByteBuffer.wrap(memory);
    int last = (int) lastHeader;
    if (last >= 0 && memory[last] == channel.code() && buffer.getInt(last + 1) + count <= MAX_PIECE_BYTES) {
      buffer.putInt(last + 1, buffer.getInt(last + 1) + count);
    } else {
      lastHeader = length;
      buffer.put((int) length, channel.code()).putInt((int) length + 1, count);
      length += HEADER_BYTES;
    }
    buffer.put((int) length, bytes, offset, count);
    length += count;
    return true;
  }

  private void reserveMemory(int needed) {
    if (memory.length < needed) {
      memory = Arrays.copyOf(memory,
          Math.max(FIRST_BYTES, Math.min(MAX_INLINE_BYTES, Math.max(needed, 2 * memory.length))));
    }
  }

  private boolean putInFile(StateFile target, OutputChannel channel, byte[] bytes, int offset, int count)
      throws IOException {
    if (!files.reserve(HEADER_BYTES + count)) {
      return false;
    }
    byte[] piece = new byte[HEADER_BYTES + count];
    ByteBuffer.wrap(piece).put(channel.code()).putInt(count).put(bytes, offset, count);
    try {
      target.write(length, piece, 0, piece.length);
    } catch (IOException e) {
      files.release(piece.length);
      throw e;
    }
    length += piece.length;
    return true;
  }

  private boolean moveToFile() throws IOException {
    if (!files.reserve((int) length)) {
      return false;
    }
    long number = files.newNumber();
    StateFile fresh = files.create(number);
    fresh.write(0, memory, 0, (int) length);
    fileNumber = number;
    file = fresh;
    memory = new byte[0];
    return true;
  }

  @Override
  public synchronized void seal() {
    sealed = true;
    notifyAll();
  }

  @Override
  public synchronized long kept() {
    return kept;
  }

  @Override
  public synchronized boolean cut() {
    return cut;
  }

  /** Makes the output durable as far as that is the file's affair, and tells what goes into the journal. */
  KeptOutput keep() throws IOException {
    StateFile spooled;
    synchronized (this) {
      if (file == null) {
        return length == 0 ? KeptOutput.NONE : new KeptOutput.Inline(Bytes.of(Arrays.copyOf(memory, (int) length)));
      }
      spooled = file;
      readers++;
    }
    try {
      spooled.sync();
      files.syncNames();
    } finally {
      release();
    }
    return new KeptOutput.Spooled(fileNumber, length);
  }

  /** Whoever made the log is done with it; it closes with its last reader. */
  synchronized void abandon() {
    abandoned = true;
    closeIfUnused();
  }

  /** Deletes the file, if there is one, that this log was written to; readers at work finish first. */
  synchronized void discard() throws IOException {
    if (fileNumber > 0) {
      files.delete(fileNumber);
    }
  }

  private synchronized void release() {
    readers--;
    closeIfUnused();
  }

  private void closeIfUnused() {
    if (abandoned && readers == 0 && file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // It was only read from, or synced before: nothing is lost.
        return;
      }
    }
  }

  @Override
  public synchronized Reader reader(long from) {
    readers++;
    return new LogReader(from);
  }

  private final class LogReader implements Reader {
    private final byte[] header = new byte[HEADER_BYTES];
    private long skip;
    private long at;
    private int taken;

    private LogReader(long from) {
      this.skip = from;
    }

    @Override
    public byte @Nullable [] next() throws IOException, InterruptedException {
      synchronized (OutputLog.this) {
        while (true) {
          byte[] piece = poll();
          if (piece != null) {
            return piece;
          }
          if (sealed && at + HEADER_BYTES + taken >= length) {
            return null;
          }
          if (!sealed) {
            OutputLog.this.wait();
          }
        }
      }
    }

    /** A piece in memory may have grown since part of it was taken: it is left behind only when another one follows. */
    private byte @Nullable [] poll() throws IOException {
      while (at + HEADER_BYTES <= length) {
        read(at, header, 0, HEADER_BYTES);
        int count = ByteBuffer.wrap(header).getInt(1);
        if (taken == count) {
          if (at + HEADER_BYTES + count >= length) {
            return null;
          }
          at += HEADER_BYTES + count;
          taken = 0;
          continue;
        }
        int skipped = (int) Math.min(skip, count - taken);
        skip -= skipped;
        taken += skipped;
        if (taken < count) {
          byte[] piece = new byte[1 + count - taken];
          piece[0] = header[0];
          read(at + HEADER_BYTES + taken, piece, 1, count - taken);
          taken = count;
          return piece;
        }
      }
      return null;
    }

    private void read(long position, byte[] into, int offset, int count) throws IOException {
      if (file != null) {
        file.read(position, into, offset, count);
      } else {
        System.arraycopy(memory, (int) position, into, offset, count);
      }
    }

    @Override
    public void close() {
      release();
    }
  }
}
