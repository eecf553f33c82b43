package dev.sallyport.agent.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a small program to its end, with a bound to its time and to what it says. It gets the environment that is named and nothing of the
 * agent's own, where secrets may be.
 */
final class Child {
  /** Without it no program on Windows finds its libraries. */
  private static final String SYSTEM_ROOT = "SystemRoot";

  /** Most heap of a Java program, in MiB. */
  static final int JAVA_HEAP_MIB = 48;

  private static final List<String> JAVA_OPTIONS = List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=off",
      "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError",
      "-XX:MaxMetaspaceSize=64m", "-Xmx" + JAVA_HEAP_MIB + "m", "-Xss512k");

  private final List<String> argv;
  private final Map<String, String> environment;
  private final Duration limit;
  private final int maxBytes;

  /** @param maxBytes most bytes it may say */
  Child(List<String> argv, Map<String, String> environment, Duration limit, int maxBytes) {
    this.argv = List.copyOf(argv);
    this.environment = Map.copyOf(environment);
    this.limit = limit;
    this.maxBytes = maxBytes;
  }

  /** A program on the agent's own Java that lives for one question. */
  static Child ofJava(String program, String classPath, List<String> options, Map<String, String> environment,
      Duration limit, int maxBytes) {
    var argv = new ArrayList<String>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(JAVA_OPTIONS);
    argv.addAll(options);
    argv.addAll(List.of("-cp", classPath, program));
    return new Child(argv, environment, limit, maxBytes);
  }

  /**
   * How it ended.
   *
   * @param output its standard output
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Ended(int code, byte[] output) {}

  /** It took longer than it may, and was ended. */
  static final class TookTooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TookTooLong(String message) {
      super(message);
    }
  }

  /** @throws IOException if it did not start, took too long or said too much */
  Ended run(byte[] input) throws IOException {
    var builder = new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.DISCARD);
    String systemRoot = System.getenv().getOrDefault(SYSTEM_ROOT, "");
    builder.environment().clear();
    if (!systemRoot.isEmpty()) {
      builder.environment().put(SYSTEM_ROOT, systemRoot);
    }
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      return await(process, input);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(argv.getFirst() + " was not waited for");
    } finally {
      process.destroyForcibly();
    }
  }

  private Ended await(Process process, byte[] input) throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    var output = new CompletableFuture<byte[]>();
    Thread.ofVirtual().start(() -> feed(process.getOutputStream(), input));
    Thread.ofVirtual().start(() -> collect(process.getInputStream(), output));
    if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw new TookTooLong(argv.getFirst() + " did not end within " + limit.toSeconds() + " s");
    }
    try {
      return new Ended(process.exitValue(), output.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? "" : e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new TookTooLong(argv.getFirst() + " left somebody behind who holds its output");
    }
  }

  private static void feed(OutputStream pipe, byte[] input) {
    try (pipe) {
      pipe.write(input);
    } catch (IOException e) {
      // It ended without reading everything: its end tells why.
      return;
    }
  }

  private void collect(InputStream pipe, CompletableFuture<byte[]> output) {
    try (pipe) {
      byte[] said = pipe.readNBytes(maxBytes + 1);
      if (said.length > maxBytes) {
        throw new IOException(argv.getFirst() + " said more than " + maxBytes + " bytes");
      }
      output.complete(said);
    } catch (IOException e) {
      output.completeExceptionally(e);
    }
  }
}
