package dev.sallyport.operation.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.sallyport.operation.OperationOutput;
import dev.sallyport.protocol.channel.OutputChannel;

/**
 * Carries one of a program's output pipes into the operation's output, as it appears.
 *
 * <p>The pump keeps the pipe's monitor while it runs. When a program ends, the JDK empties and closes its pipes under that monitor; without
 * this a background process that still writes would find its pipe closed or open as chance has it.
 *
 * <p>A background process may hold the pipe open long after the program ended. {@link #abandon()} then cuts the output off, but the
 * pump goes on emptying the pipe, so that the background process neither stalls on a full pipe nor dies of a closed one.
 */
final class OutputPump implements Runnable {
  private static final int BUFFER_BYTES = 8192;

  private final InputStream pipe;
  private final OutputChannel channel;
  private final OperationOutput output;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean abandoned;

  OutputPump(InputStream pipe, OutputChannel channel, OperationOutput output) {
    this.pipe = pipe;
    this.channel = channel;
    this.output = output;
  }

  @Override
  public void run() {
    try (pipe) {
      synchronized (pipe) {
        empty(new byte[BUFFER_BYTES]);
      }
    } catch (IOException e) {
      // A pipe that breaks has no more to say: the same as its end.
      abandon();
    } finally {
      ended.countDown();
    }
  }

  private void empty(byte[] buffer) throws IOException {
    for (int n = pipe.read(buffer); n >= 0; n = pipe.read(buffer)) {
      deliver(buffer, n);
    }
  }

  private synchronized void deliver(byte[] buffer, int length) {
    if (!abandoned) {
      output.write(channel, buffer, 0, length);
    }
  }

  /** Whether everything the pipe carried has been delivered within the time. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    return ended.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** After this returns nothing more is written to the output. */
  synchronized void abandon() {
    abandoned = true;
  }
}
