package dev.sallyport.cli.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;

/** A file, from an offset to its end, as the body of a request: a few pieces of it are in memory at a time. */
final class FileBody implements BodyPublisher {
  private static final int PIECE_BYTES = 128 << 10;

  private final Path file;
  private final long offset;
  private final long length;
  private final Consumer<ByteBuffer> seen;

  /**
   * @param length bytes from there on
   * @param seen is shown each piece before it is sent
   */
  FileBody(Path file, long offset, long length, Consumer<ByteBuffer> seen) {
    this.file = file;
    this.offset = offset;
    this.length = length;
    this.seen = seen;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      subscriber.onSubscribe(new Nothing());
      subscriber.onError(e);
      return;
    }
    subscriber.onSubscribe(new Reading(channel, subscriber));
  }

  private record Nothing() implements Subscription {
    @Override
    public void request(long pieces) {
      // It has failed already.
    }

    @Override
    public void cancel() {
      // likewise
    }
  }

  /** One reading; requests come from one thread at a time, also from within {@code onNext}. */
  private final class Reading implements Subscription {
    private final FileChannel channel;
    private final Subscriber<? super ByteBuffer> subscriber;
    private long wanted;
    private long at = offset;
    private boolean reading;
    private boolean over;

    Reading(FileChannel channel, Subscriber<? super ByteBuffer> subscriber) {
      this.channel = channel;
      this.subscriber = subscriber;
    }

    @Override
    public synchronized void request(long pieces) {
      wanted = Math.min(Long.MAX_VALUE - pieces, wanted) + pieces;
      if (reading) {
        return;
      }
      reading = true;
      try {
        while (wanted > 0 && !over) {
          wanted--;
          next();
        }
      } catch (IOException e) {
        fail(e);
      } finally {
        reading = false;
      }
    }

    private void next() throws IOException {
      long left = offset + length - at;
      if (left == 0) {
        close();
        subscriber.onComplete();
        return;
      }
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, left));
      while (piece.hasRemaining()) {
        if (channel.read(piece, at + piece.position()) < 0) {
          throw new EOFException(file + " became shorter while it was sent");
        }
      }
      at += piece.capacity();
      piece.flip();
      seen.accept(piece.asReadOnlyBuffer());
      subscriber.onNext(piece);
    }

    @Override
    public synchronized void cancel() {
      try {
        close();
      } catch (IOException e) {
        throw new UncheckedIOException("a file that was read could not be closed", e);
      }
    }

    private void fail(IOException e) {
      over = true;
      try (channel) {
        subscriber.onError(e);
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
    }

    private void close() throws IOException {
      over = true;
      channel.close();
    }
  }
}
