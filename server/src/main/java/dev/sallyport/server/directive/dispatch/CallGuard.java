package dev.sallyport.server.directive.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.operation.OperationId;
import org.jspecify.annotations.Nullable;

/**
 * What other threads may do to a run while its own waits for the machine: cancel it, give up on it, stop it. Every method takes the
 * lock; none blocks.
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
  private boolean cancelled;
  private boolean stopped;
  private boolean gaveUp;
  private @Nullable OperationId current;
  private @Nullable Thread caller;
  private long askToStopAt;
  private long giveUpAt;
  private long nextCancelAt;

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
    if (stopped) {
      throw new RunSuspendedException("the server is stopping");
    }
    current = id;
    caller = Thread.currentThread();
    gaveUp = false;
    askToStopAt = now + timeLimit.plus(GRACE).toNanos();
    giveUpAt = askToStopAt + LAST_GRACE.toNanos();
    nextCancelAt = now;
    return cancelled ? Instant.EPOCH : latestStart;
  }

  /** The calling thread waits no longer; an interrupt that came too late is taken back. */
  synchronized void end() {
    current = null;
    caller = null;
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
    interrupt();
  }

  /** Whether the machine had its time and the last wait was ended for that reason. */
  synchronized boolean gaveUp() {
    return gaveUp;
  }

  /**
   * Looks at the time.
   *
   * @return the operation the machine is to be told to stop now
   */
  synchronized Optional<OperationId> tick(long now) {
    OperationId id = current;
    if (id == null) {
      return Optional.empty();
    }
    if (now - giveUpAt >= 0) {
      gaveUp = true;
      interrupt();
      return Optional.empty();
    }
    boolean stop = cancelled || now - askToStopAt >= 0;
    if (!stop || now - nextCancelAt < 0) {
      return Optional.empty();
    }
    nextCancelAt = now + REPEAT_CANCEL.toNanos();
    return Optional.of(id);
  }

  private void interrupt() {
    if (caller != null) {
      caller.interrupt();
    }
  }
}
