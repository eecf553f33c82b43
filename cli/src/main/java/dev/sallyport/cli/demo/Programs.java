package dev.sallyport.cli.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The programs of the demo as child processes: their output is kept in log files, and they are stopped in the reverse order
 * of their start, first politely.
 */
final class Programs implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int TAIL_LINES = 20;
  private static final File NULL_DEVICE = new File("/dev/null");

  private final Interrupt interrupt;
  private final List<Process> running = new ArrayList<>();

  Programs(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  /** Starts a program and returns the first line that {@code ready} accepts; everything goes to {@code log}, too. */
  String start(String name, Path log, Predicate<String> ready, List<String> command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(NULL_DEVICE)).start();
    running.add(process);
    var first = new FirstLine(ready);
    Thread.ofVirtual().name(name + "-output").start(() -> copy(process, log, first));
    return first.await(name, log);
  }

  /** Runs a program to its end; its last lines are in the error when it fails. */
  void run(String name, Path log, List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    if (process.waitFor() != 0) {
      throw new IOException(
          name + " ended with code " + process.exitValue() + ":\n" + Files.readString(log).strip());
    }
  }

  /** Waits for Ctrl-C, or for a program that ends by itself. */
  void awaitStop() throws InterruptedException {
    for (Process process : running) {
      var _ = process.onExit().thenRun(interrupt::stop);
    }
    interrupt.await();
  }

  @Override
  public void close() {
    for (Process process : running.reversed()) {
      process.toHandle().destroy(); // Process.destroy() would also cut off the last words
    }
    for (Process process : running.reversed()) {
      end(process);
    }
    running.clear();
  }

  private static void end(Process process) {
    boolean interrupted = false;
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      interrupted = true;
      process.destroyForcibly();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Process process, Path log, FirstLine first) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        var writer = Files.newBufferedWriter(log)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        writer.write(line);
        writer.newLine();
        writer.flush();
        first.offer(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the output of a program of the demo cannot be kept in " + log, e);
    } finally {
      first.ended();
    }
  }

  /** The line a program says when it is ready, or its last words. */
  private static final class FirstLine {
    private final Predicate<String> ready;
    private final Deque<String> tail = new ArrayDeque<>();
    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile String found = "";

    FirstLine(Predicate<String> ready) {
      this.ready = ready;
    }

    synchronized void offer(String line) {
      tail.addLast(line);
      if (tail.size() > TAIL_LINES) {
        tail.removeFirst();
      }
      if (found.isEmpty() && ready.test(line)) {
        found = line;
        decided.countDown();
      }
    }

    void ended() {
      decided.countDown();
    }

    String await(String name, Path log) throws IOException, InterruptedException {
      boolean inTime = decided.await(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (found.isEmpty()) {
        synchronized (this) {
          throw new IOException(
              name + (inTime ? " ended before it was ready" : " was not ready within " + START_LIMIT.toSeconds() + " s")
                  + "; its log is " + log + ":\n" + String.join("\n", tail));
        }
      }
      return found;
    }
  }
}
