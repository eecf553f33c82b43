package dev.sallyport.agent.execute;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.Outcome;

/**
 * Runs operations that only look.
 *
 * <p>A look may hang where nothing can interrupt it, for example at a file whose server is gone. So it runs on a platform thread, which
 * hinders no virtual one, and its caller is answered at the operation's time limit all the same. Its place is free again only when it
 * really ends: at most a lane full of threads can ever hang.
 */
final class Looks {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
  private static final long STACK_BYTES = 256 * 1024;

  private final Performer performer;
  private final Lane lane;
  private final InstantSource wallClock;
  private final ExecutorService threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE.toMillis(),
      TimeUnit.MILLISECONDS,
      new SynchronousQueue<>(), task -> {
        var thread = new Thread(null, task, "look", STACK_BYTES, false);
        thread.setDaemon(true);
        return thread;
      });

  Looks(Performer performer, Lane lane, InstantSource wallClock) {
    this.performer = performer;
    this.lane = lane;
    this.wallClock = wallClock;
  }

  /** Starts the operation; false if too many wait already. */
  boolean start(Run run, Operation operation) {
    if (!lane.enter()) {
      return false;
    }
    Thread.ofVirtual().start(() -> answer(run, operation));
    return true;
  }

  private void answer(Run run, Operation operation) {
    Instant started = wallClock.instant();
    Ending ending = look(run, operation);
    run.output().seal();
    run.end(Results.of(ending, started, wallClock.instant(), run.output()));
  }

  private Ending look(Run run, Operation operation) {
    Duration limit = performer.timeLimit(operation);
    try {
      lane.begin();
    } catch (InterruptedException e) {
      lane.leave();
      return Ending.without(Outcome.CANCELLED, Results.CANCELLED);
    }
    Future<Ending> future;
    try {
      future = threads.submit(() -> lookAndMakeRoom(run, operation));
    } catch (OutOfMemoryError e) {
      // No more threads on this machine; the place was never used.
      lane.end();
      lane.leave();
      return Ending.without(Outcome.FAILED, "this machine allows the agent no more threads; try again later");
    }
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Ending.without(Outcome.EXPIRED, "the machine gave no answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      return Ending.without(Outcome.FAILED, "the agent made a mistake of its own: " + e.getCause());
    } catch (InterruptedException e) {
      return Ending.without(Outcome.CANCELLED, "cancelled");
    }
  }

  private Ending lookAndMakeRoom(Run run, Operation operation) {
    try {
      return performer.perform(operation, new OperationContext(run.id(), run.output()));
    } finally {
      lane.end();
      lane.leave();
    }
  }
}
