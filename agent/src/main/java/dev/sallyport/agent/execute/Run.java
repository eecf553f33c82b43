package dev.sallyport.agent.execute;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;

/** One operation under way or just ended: its output as it comes, and its result when it is there. */
public final class Run {
  private final OperationId id;
  private final Bytes digest;
  private final Instant latestStart;
  private final RunOutput output;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Bytes result = Bytes.EMPTY;
  private volatile Runnable forsaken = () -> {
  };

  /** Guarded by the executor's lock. */
  private boolean settled;
  private boolean unstored;

  Run(OperationId id, Bytes digest, Instant latestStart, RunOutput output) {
    this.id = id;
    this.digest = digest;
    this.latestStart = latestStart;
    this.output = output;
  }

  /** A run that was over before it began, or long ago. */
  static Run over(OperationId id, Bytes result, RunOutput output) {
    var run = new Run(id, Bytes.EMPTY, Instant.EPOCH, output);
    run.end(result);
    return run;
  }

  OperationId id() {
    return id;
  }

  Bytes digest() {
    return digest;
  }

  Instant latestStart() {
    return latestStart;
  }

  RunOutput output() {
    return output;
  }

  boolean settled() {
    return settled;
  }

  void markSettled() {
    settled = true;
  }

  boolean unstored() {
    return unstored;
  }

  /** It has ended, and the disk did not take its result. */
  void markUnstored() {
    unstored = true;
  }

  /** What to do when the one who asked listens no more. */
  void onForsaken(Runnable task) {
    forsaken = task;
  }

  /** The one who asked listens no more. A change goes on all the same, for its id can be asked for again; a look need not. */
  public void forsake() {
    forsaken.run();
  }

  void end(Bytes encodedResult) {
    output.seal();
    result = encodedResult;
    ended.countDown();
  }

  /** Waits for the result, in the bytes it travels in, see {@link OperationResult#encode}. */
  Bytes result() throws InterruptedException {
    ended.await();
    return result;
  }

  /**
   * Hands the output from a position on and then the result to the receiver, as they come.
   *
   * @param from how many bytes of output the receiver holds already
   */
  public <E extends Exception> void deliver(long from, Receiver<E> receiver)
      throws E, IOException, InterruptedException {
    try (RunOutput.Reader reader = output.reader(from)) {
      for (byte[] piece = reader.next(); piece != null; piece = reader.next()) {
        receiver.output(piece);
      }
    }
    receiver.result(result());
  }

  /**
   * Takes what a run produces; may block as long as it likes, the run does not wait for it.
   *
   * @param <E> what it throws when it takes no more
   */
  public interface Receiver<E extends Exception> {
    /**
     * @param piece begins with the code of an {@link dev.sallyport.protocol.channel.OutputChannel}; the receiver's from now on
     */
    void output(byte[] piece) throws E, InterruptedException;

    void result(Bytes encoded) throws E, InterruptedException;
  }
}
