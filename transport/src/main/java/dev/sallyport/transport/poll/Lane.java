package dev.sallyport.transport.poll;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.sallyport.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * One row of requests and the thread that makes them. Once the link has shown that it works, a request that fails is made again, for as
 * long as {@link #PATIENCE}; before, its failure is the link's.
 */
abstract class Lane {
  /** How long a lane goes on trying: within the time in which a session finds its peer silent. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(3);
  private static final long STACK_BYTES = 256 * 1024;

  private final PollCaller caller;
  private final String path;
  private final Consumer<IOException> broken;
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);

  @SuppressWarnings("this-escape") // the thread begins only with start()
  Lane(String name, PollCaller caller, String path, Consumer<IOException> broken) {
    this.caller = caller;
    this.path = path;
    this.broken = broken;
    this.thread = new Thread(null, this::run, name, STACK_BYTES, false);
    thread.setDaemon(true);
  }

  final void start() {
    thread.start();
  }

  /** Ends the request that is under way, and makes no other. */
  final void stop() {
    stopped.countDown();
    caller.close();
  }

  final boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Makes one request and does what its answer asks for; false if there is nothing more to do. */
  abstract boolean step() throws IOException;

  /** Says farewell. */
  abstract void over() throws IOException;

  /** Whether a request of this lane was answered already. */
  abstract boolean works();

  /** Tells of a failure before the request is made again, after so long. */
  abstract void failed(Duration lasted);

  /** Waits for its end. */
  final void await(Duration atMost) {
    try {
      thread.join(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  final String path() {
    return path;
  }

  final byte[] post(String to, byte[] body, Duration within) throws IOException {
    return caller.post(to, body, within);
  }

  private void run() {
    long failingSince = 0;
    @Nullable
    IOException failure = null;
    Duration pause = FIRST_PAUSE;
    boolean more = true;
    while (more && !isStopped()) {
      long begun = System.nanoTime();
      try {
        more = step();
        failure = null;
        pause = FIRST_PAUSE;
      } catch (PollCaller.Gone e) {
        broken.accept(e);
        return;
      } catch (ProtocolException e) {
        broken.accept(
            new IOException("a poll was answered by something else than a Sallyport server, a log-in page perhaps", e));
        return;
      } catch (IOException e) {
        long now = System.nanoTime();
        failingSince = failure == null ? now : failingSince;
        failure = e;
        failed(Duration.ofNanos(now - begun));
        if (!isStopped() && (!works() || now - failingSince >= PATIENCE.toNanos())) {
          broken.accept(e);
          return;
        }
        pause = pause(pause);
      }
    }
    end();
  }

  private void end() {
    if (isStopped()) {
      return; // whoever stopped it knows
    }
    try {
      over();
    } catch (IOException _) {
      // nobody is there to hear it
    }
    broken.accept(new EOFException("this end closed the connection"));
  }

  private Duration pause(Duration pause) {
    try {
      stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      stopped.countDown(); // nobody interrupts these threads but a process that ends
    }
    Duration next = pause.multipliedBy(2);
    return next.compareTo(LAST_PAUSE) < 0 ? next : LAST_PAUSE;
  }
}
