package dev.sallyport.server.directive.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.operation.OperationId;

/**
 * What other threads may do to a run while its own wait for the machine: cancel it, give up on it, stop it. Every method takes the
 * lock; none blocks but {@link #pause}.
 *
 * <p>A thread is interrupted only between {@link #begin} and {@link #end}, so never while it stores something.
 */
final class CallGuard {
  /** What a machine gets beyond the time limit that it enforces itself, before the server asks it to stop. */
  static final Duration GRACE = Duration.ofSeconds(30);
  /** What it gets after that to answer anything at all. */
  static final Duration LAST_GRACE = Duration.ofSeconds(30);
  /** A cancel may overtake the operation it is meant for and be ignored, so it is repeated until the operation answers. */
  static final Duration REPEAT_CANCEL = Duration.ofSeconds(1);

  private final Duration timeLimit;
  private final Map<Thread, Wait> waits = new HashMap<>();
  private boolean cancelled;
  private boolean stopped;

  /** One thread that waits for one operation. */
  private static final class Wait {
    private final OperationId id;
    private final boolean cancellable;
    private long askToStopAt;
    private long giveUpAt;
    private long nextCancelAt;
    private boolean gaveUp;

    Wait(OperationId id, boolean cancellable) {
      this.id = id;
      this.cancellable = cancellable;
    }
  }

  CallGuard(Duration timeLimit, boolean cancelled) {
    this.timeLimit = timeLimit;
    this.cancelled = cancelled;
  }

  /**
   * The calling thread is about to wait for this operation.
   *
   * @return the latest start to tell the machine; in the past if the run is cancelled, so that it cannot start any more
   * @throws RunSuspendedException if the server is stopping
   */
  synchronized Instant begin(OperationId id, Instant latestStart, long now) {
    begin(id, now, true);
    return cancelled ? Instant.EPOCH : latestStart;
  }

  /** Like {@link #begin}, for what is to be done also when the run is cancelled. */
  synchronized void beginAnyway(OperationId id, long now) {
    begin(id, now, false);
  }

  private void begin(OperationId id, long now, boolean cancellable) {
    if (stopped) {
      throw new RunSuspendedException("the server is stopping");
    }
    var wait = new Wait(id, cancellable);
    limit(wait, now);
    wait.nextCancelAt = now;
    waits.put(Thread.currentThread(), wait);
  }

  private void limit(Wait wait, long now) {
    wait.askToStopAt = now + timeLimit.plus(GRACE).toNanos();
    wait.giveUpAt = wait.askToStopAt + LAST_GRACE.toNanos();
  }

  /** Something has come or gone for the calling thread: its time begins anew. */
  synchronized void moved(long now) {
    Wait wait = waits.get(Thread.currentThread());
    if (wait != null) {
      limit(wait, now);
    }
  }

  /** The calling thread waits no longer; an interrupt that came too late is taken back. */
  synchronized void end() {
    waits.remove(Thread.currentThread());
    Thread.interrupted();
  }

  /**
   * Waits so long, or until somebody cancels.
   *
   * @throws RunSuspendedException if the server stops meanwhile
   */
  synchronized void pause(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    try {
      for (long left = length.toNanos(); left > 0 && !cancelled && !stopped; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunSuspendedException("the server is stopping", e);
    }
  }

  /** The operator cancels; every later {@link #tick} repeats it. */
  synchronized void cancel() {
    cancelled = true;
    notifyAll();
  }

  /** The server stops: whoever waits is woken. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
    waits.keySet().forEach(Thread::interrupt);
  }

  /** Whether the machine had its time and the calling thread's wait was ended for that reason. */
  synchronized boolean gaveUp() {
    Wait wait = waits.get(Thread.currentThread());
    return wait != null && wait.gaveUp;
  }

  /**
   * Looks at the time.
   *
   * @return the operations the machine is to be told to stop now
   */
  synchronized List<OperationId> tick(long now) {
    if (waits.isEmpty()) {
      return List.of();
    }
    var stopping = new ArrayList<OperationId>();
    waits.forEach((thread, wait) -> {
      if (now - wait.giveUpAt >= 0) {
        wait.gaveUp = true;
        thread.interrupt();
      } else if (isToStop(wait, now)) {
        wait.nextCancelAt = now + REPEAT_CANCEL.toNanos();
        stopping.add(wait.id);
      }
    });
    return stopping;
  }

  private boolean isToStop(Wait wait, long now) {
    return ((cancelled && wait.cancellable) || now - wait.askToStopAt >= 0) && now - wait.nextCancelAt >= 0;
  }
}
