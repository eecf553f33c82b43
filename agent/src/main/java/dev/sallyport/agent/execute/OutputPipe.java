package dev.sallyport.agent.execute;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

import dev.sallyport.protocol.channel.OutputChannel;
import org.jspecify.annotations.Nullable;

/**
 * The output of an operation that only looks: nothing is kept, since it can be had again by asking again. A writer waits for the one
 * reader, so that a file of any size passes through {@link #CAPACITY_BYTES} of memory; when the reader goes, what is written is dropped.
 */
final class OutputPipe implements RunOutput {
  /** Most bytes between writer and reader. */
  static final int CAPACITY_BYTES = 64 << 10;

  private final long limit;
  private final Queue<byte[]> pieces = new ArrayDeque<>();
  private int waiting;
  private long kept;
  private boolean cut;
  private boolean sealed;
  private boolean abandoned;

  /**
   * @param limit most bytes of output that pass
   */
  OutputPipe(long limit) {
    this.limit = limit;
  }

  @Override
  public void write(OutputChannel channel, byte[] bytes, int offset, int length) {
    int done = 0;
    while (done < length) {
      int count = Math.min(length - done, MAX_PIECE_BYTES);
      byte[] piece = new byte[1 + count];
      piece[0] = channel.code();
      System.arraycopy(bytes, offset + done, piece, 1, count);
      put(piece);
      done += count;
    }
  }

  private synchronized void put(byte[] piece) {
    try {
      while (waiting + piece.length > CAPACITY_BYTES && !sealed && !abandoned) {
        wait();
      }
    } catch (InterruptedException e) {
      // Cancelled: the operation notices by the same interrupt.
      Thread.currentThread().interrupt();
      cut = true;
      return;
    }
    int count = (int) Math.min(piece.length - 1, limit - kept);
    cut |= count < piece.length - 1 || sealed || abandoned;
    if (count > 0 && !sealed && !abandoned) {
      pieces.add(count == piece.length - 1 ? piece : Arrays.copyOf(piece, 1 + count));
      waiting += 1 + count;
      kept += count;
      notifyAll();
    }
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

  /** The one reader there may be. */
  @Override
  public Reader reader(long from) {
    return new PipeReader(from);
  }

  private synchronized byte @Nullable [] take() throws InterruptedException {
    while (pieces.isEmpty() && !sealed) {
      wait();
    }
    byte[] piece = pieces.poll();
    if (piece != null) {
      waiting -= piece.length;
      notifyAll();
    }
    return piece;
  }

  private synchronized void abandon() {
    abandoned = true;
    pieces.clear();
    notifyAll();
  }

  private final class PipeReader implements Reader {
    private long skip;

    private PipeReader(long from) {
      this.skip = from;
    }

    @Override
    public byte @Nullable [] next() throws InterruptedException {
      for (byte[] piece = take(); piece != null; piece = take()) {
        int skipped = (int) Math.min(skip, piece.length - 1);
        skip -= skipped;
        if (skipped == 0) {
          return piece;
        }
        if (skipped < piece.length - 1) {
          byte[] rest = Arrays.copyOfRange(piece, skipped, piece.length);
          rest[0] = piece[0];
          return rest;
        }
      }
      return null;
    }

    @Override
    public void close() {
      abandon();
    }
  }
}
