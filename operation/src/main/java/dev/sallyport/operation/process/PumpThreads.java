package dev.sallyport.operation.process;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Platform threads that sit in blocking reads and writes of program pipes.
 *
 * <p>Virtual threads would not do: a read from a pipe holds its carrier thread, and the JDK adds carriers only up to 256; beyond
 * that number of silent programs no virtual thread of the agent would run any more. The stacks are small, an unused thread ends.
 */
final class PumpThreads {
  /** Enough for a read of one buffer; the JDK's own process threads use the same. */
  private static final long STACK_BYTES = 128 * 1024;

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

  private PumpThreads() {
  }

  static Executor create() {
    var number = new AtomicInteger();
    return new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS,
        new SynchronousQueue<>(), task -> {
          var thread = new Thread(null, task, "pump-" + number.incrementAndGet(), STACK_BYTES, false);
          thread.setDaemon(true);
          return thread;
        });
  }
}
