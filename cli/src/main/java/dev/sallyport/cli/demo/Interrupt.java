package dev.sallyport.cli.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.sallyport.cli.output.Terminal;

/**
 * Turns Ctrl-C and {@code kill} into an orderly end: the main thread is told to stop, and this process stays alive until it has. Opened before
 * everything that is to be closed in order, and so closed after it.
 */
final class Interrupt implements AutoCloseable {
  /** Longer than the stopping of all programs may take. */
  private static final Duration END_LIMIT = Duration.ofMinutes(1);

  private final Terminal terminal;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  Interrupt(Terminal terminal) {
    this.terminal = terminal;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopInOrder, "stop-on-interrupt"));
  }

  /** Waits until somebody asks to stop. */
  void await() throws InterruptedException {
    stop.await();
  }

  /** Asks to stop. */
  void stop() {
    stop.countDown();
  }

  @Override
  public void close() {
    over.countDown();
  }

  private void stopInOrder() {
    if (over.getCount() == 0) {
      return;
    }
    terminal.note("Stopping agent and server.");
    stop.countDown();
    try {
      if (!over.await(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        terminal.note("They did not stop within " + END_LIMIT.toSeconds() + " s; look for them with ps.");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
