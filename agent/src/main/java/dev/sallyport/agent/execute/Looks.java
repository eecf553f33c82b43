package dev.sallyport.agent.execute;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations that only look.
 *
 * <p>A look may hang where nothing can interrupt it, for example at a file whose server is gone. So it runs on a platform thread, which
 * hinders no virtual one, and its caller is answered at the operation's time limit all the same. Its place is free again only when it
 * really ends: at most a lane full of threads can ever hang. Looks that take their time, such as reading a file at the pace of a slow
 * line, have a lane of their own: a quick question does not wait for them.
 */
final class Looks {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
  private static final long STACK_BYTES = 256 * 1024;

  /** What takes longer than this at most is no quick question. */
  private static final Duration QUICK = Duration.ofMinutes(2);

  private final Performer performer;
  private final Lane quick;
  private final Lane slow;
  private final InstantSource wallClock;
  private final Map<Run, Thread> underWay = new ConcurrentHashMap<>();
  private final ExecutorService threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE.toMillis(),
      TimeUnit.MILLISECONDS,
      new SynchronousQueue<>(), task -> {
        var thread = new Thread(null, task, "look", STACK_BYTES, false);
        thread.setDaemon(true);
        return thread;
      });

  Looks(Performer performer, Lane quick, Lane slow, InstantSource wallClock) {
    this.performer = performer;
    this.quick = quick;
    this.slow = slow;
    this.wallClock = wallClock;
  }

  /** Starts the operation; false if too many wait already. */
  boolean start(Run run, Operation operation) {
    Lane lane = performer.timeLimit(operation).compareTo(QUICK) > 0 ? slow : quick;
    if (!lane.enter()) {
      return false;
    }
    Thread thread = Thread.ofVirtual().unstarted(() -> answer(run, operation, lane));
    underWay.put(run, thread);
    run.onForsaken(thread::interrupt);
    thread.start();
    return true;
  }

  /** Ends every look of this id. */
  void cancel(OperationId id) {
    underWay.forEach((run, thread) -> {
      if (run.id().equals(id)) {
        thread.interrupt();
      }
    });
  }

  private void answer(Run run, Operation operation, Lane lane) {
    Instant started = wallClock.instant();
    Ending ending = look(run, operation, lane);
    underWay.remove(run);
    run.output().seal();
    run.end(Results.of(ending, started, wallClock.instant(), run.output()));
  }

  private Ending look(Run run, Operation operation, Lane lane) {
    Duration limit = performer.timeLimit(operation);
    try {
      lane.begin();
    } catch (InterruptedException e) {
      lane.leave();
      return Ending.without(Outcome.CANCELLED, Results.CANCELLED);
    }
    var look = new Look(run, operation, lane);
    try {
      threads.execute(look);
    } catch (OutOfMemoryError e) {
      // No more threads on this machine; the place was never used.
      lane.end();
      lane.leave();
      return Ending.without(Outcome.FAILED, "this machine allows the agent no more threads; try again later");
    }
    try {
      return look.ending.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      look.interrupt();
      return Ending.without(Outcome.EXPIRED, "the machine gave no answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      return Ending.without(Outcome.FAILED, "the agent made a mistake of its own: " + e.getCause());
    } catch (InterruptedException e) {
      look.interrupt();
      return Ending.without(Outcome.CANCELLED, "cancelled");
    }
  }

  /** One look on its thread, which can be interrupted only while it has one. */
  private final class Look implements Runnable {
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final Run run;
    private final Operation operation;
    private final Lane lane;
    private @Nullable Thread thread;
    private boolean interrupted;

    Look(Run run, Operation operation, Lane lane) {
      this.run = run;
      this.operation = operation;
      this.lane = lane;
    }

    @Override
    public void run() {
      begin();
      try {
        ending.complete(performer.perform(operation, new OperationContext(run.id(), run.output())));
      } catch (RuntimeException | Error e) {
        ending.completeExceptionally(e);
      } finally {
        end();
        lane.end();
        lane.leave();
      }
    }

    private synchronized void begin() {
      thread = Thread.currentThread();
      if (interrupted) {
        thread.interrupt();
      }
    }

    private synchronized void end() {
      thread = null;
    }

    synchronized void interrupt() {
      interrupted = true;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }
}
