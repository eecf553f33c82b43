package dev.sallyport.cli.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a file, from an offset to its end, as the body of a request: one piece of it is in memory at a time. The answer is waited for all the
 * while, so that a server that refuses the body is understood before all of it was sent.
 */
final class BulkUpload {
  private static final int PIECE_BYTES = 128 << 10;
  private static final int MAX_ANSWER_BYTES = 1 << 20;
  /** How long the server may take to make everything durable: 10 min. */
  private static final long ANSWER_MINUTES = 10;
  /** How long an answer may be on its way that explains why the server takes no more: 5 s. */
  private static final long EXPLANATION_SECONDS = 5;

  private final BulkConnection connection;
  private final FutureTask<BulkAnswer> answer;

  BulkUpload(BulkConnection connection) {
    this.connection = connection;
    this.answer = new FutureTask<>(this::readAnswer);
  }

  private BulkAnswer readAnswer() throws IOException {
    BulkAnswer head = connection.answer();
    try (InputStream body = head.body()) {
      return new BulkAnswer(head.status(), new ByteArrayInputStream(body.readNBytes(MAX_ANSWER_BYTES)));
    }
  }

  /**
   * Sends it.
   *
   * @param out where the body goes
   * @return the answer, whose body is in memory
   */
  BulkAnswer send(OutputStream out, Path file, long offset, long length, ApiClient.Seen seen) throws IOException {
    Thread.ofPlatform().daemon().name("answer").start(answer);
    try {
      sendBody(out, file, offset, length, seen);
    } catch (IOException e) {
      return explanation(e);
    }
    try {
      return answer.get(ANSWER_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() instanceof IOException cut ? cut.getMessage() : "no answer", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("it has taken everything and says nothing", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void sendBody(OutputStream out, Path file, long offset, long length, ApiClient.Seen seen)
      throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
      for (long at = 0; at < length && !answer.isDone();) {
        int count = read(from, piece, offset + at, Math.min(piece.length, length - at));
        if (count < 0) {
          throw new UncheckedIOException(file + " became shorter while it was sent; nothing was kept of it",
              new IOException("try again when nobody writes to it"));
        }
        out.write(piece, 0, count);
        seen.piece(piece, count);
        at += count;
      }
    }
    out.flush();
  }

  /** Trouble with this disk is no cut. */
  private static int read(FileChannel from, byte[] piece, long at, long most) {
    try {
      return from.read(ByteBuffer.wrap(piece, 0, (int) most), at);
    } catch (IOException e) {
      throw new UncheckedIOException("the file cannot be read", e);
    }
  }

  private BulkAnswer explanation(IOException cut) throws IOException {
    try {
      return answer.get(EXPLANATION_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException _) {
      throw cut;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", e);
  }
}
