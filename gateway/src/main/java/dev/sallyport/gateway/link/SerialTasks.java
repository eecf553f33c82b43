package dev.sallyport.gateway.link;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/** Runs tasks one after the other in the order they came, on threads borrowed while there are any. */
public final class SerialTasks implements Executor {
  private static final Logger LOG = System.getLogger(SerialTasks.class.getName());

  private final Executor threads;
  private @Nullable ArrayDeque<Runnable> waiting; // null: no thread is at work, and none is needed

  /** @param threads a task may block its thread */
  public SerialTasks(Executor threads) {
    this.threads = threads;
  }

  @Override
  public synchronized void execute(Runnable task) {
    ArrayDeque<Runnable> queue = waiting;
    if (queue == null) {
      queue = new ArrayDeque<>(4);
      waiting = queue;
      queue.add(task);
      threads.execute(this::work);
    } else {
      queue.add(task);
    }
  }

  private void work() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a task of an agent's link failed", e);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    ArrayDeque<Runnable> queue = waiting;
    Runnable task = queue == null ? null : queue.poll();
    if (task == null) {
      waiting = null;
    }
    return task;
  }
}
