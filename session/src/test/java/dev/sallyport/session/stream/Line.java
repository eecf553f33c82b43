package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.session.stream.SessionClosedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link SessionPair} with real threads, as hosts do: per direction a writer that sleeps until it is woken, a link that
 * holds few messages, and a reader.
 */
final class Line implements AutoCloseable {
  private static final int MESSAGES_UNDER_WAY = 4;

  final SessionPair pair;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> pumps = new ArrayList<>();
  private final Queue<Future<?>> started = new ConcurrentLinkedQueue<>();

  Line(SessionPair pair) {
    this.pair = pair;
    for (Role role : Role.values()) {
      Semaphore wakes = new Semaphore(1);
      pair.end(role).onWake = wakes::release;
      BlockingQueue<byte[]> link = new ArrayBlockingQueue<>(MESSAGES_UNDER_WAY);
      pumps.add(threads.submit(() -> write(pair.end(role).session, wakes, link)));
      pumps.add(threads.submit(() -> read(pair.end(role.peer()).session, link)));
    }
  }

  /** Runs something in a thread of its own. */
  <T> Future<T> run(Callable<T> task) {
    return threads.submit(task);
  }

  /** Runs something in a thread of its own whose failure {@link #awaitStarted} reports. */
  void start(Callable<?> task) {
    started.add(threads.submit(task));
  }

  /** Waits for everything that was started. */
  void awaitStarted() throws Exception {
    for (Future<?> task = started.poll(); task != null; task = started.poll()) {
      task.get();
    }
  }

  private static @Nullable Void write(Session session, Semaphore wakes, BlockingQueue<byte[]> link)
      throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      wakes.acquire();
      for (byte[] message = session.nextMessage(); message != null; message = session.nextMessage()) {
        link.put(message);
      }
    }
    return null;
  }

  private static @Nullable Void read(Session session, BlockingQueue<byte[]> link) throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      session.receive(link.take());
    }
    return null;
  }

  @Override
  public void close() {
    for (Role role : Role.values()) {
      pair.end(role).session.close(new SessionClosedException(Reason.CLOSED, "the test is over"));
    }
    pumps.forEach(pump -> pump.cancel(true));
    threads.shutdownNow();
    threads.close();
  }
}
