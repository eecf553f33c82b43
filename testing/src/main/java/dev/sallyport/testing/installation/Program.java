package dev.sallyport.testing.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A program of the distribution as a process; what it says is appended to its log. */
public final class Program {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private final Process process;
  private final Path log;
  private final long logStart;

  private Program(Process process, Path log, long logStart) {
    this.process = process;
    this.log = log;
    this.logStart = logStart;
  }

  public static Program start(Path log, List<String> command) throws IOException {
    return start(log, Map.of(), command);
  }

  /** @param environment beside what this process has itself */
  public static Program start(Path log, Map<String, String> environment, List<String> command) throws IOException {
    Files.write(log, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    long start = Files.size(log);
    var builder = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new Program(process, log, start);
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** What it has said since its start. */
  public String said() throws IOException {
    byte[] all = Files.readAllBytes(log);
    return new String(all, (int) logStart, all.length - (int) logStart, java.nio.charset.StandardCharsets.UTF_8);
  }

  public void awaitLine(String part) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!said().contains(part)) {
      if (!process.isAlive() || Instant.now().isAfter(end)) {
        throw new IOException("'" + part + "' was not said; " + log + ":\n" + said());
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  public void awaitSuccess() throws IOException {
    if (awaitExit() != 0) {
      throw new IOException("it ended with code " + process.exitValue() + "; " + log + ":\n" + said());
    }
  }

  public int awaitExit() throws IOException {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("it did not end within " + PATIENCE + "; " + log + ":\n" + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** As {@code kill -9} does it; returns when the process is gone. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** As {@code kill} does it, and harder when that takes too long; returns when the process is gone. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException _) {
      kill();
      Thread.currentThread().interrupt();
    }
  }
}
