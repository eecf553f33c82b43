package dev.sallyport.operation.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import dev.sallyport.operation.OperationOutput;
import dev.sallyport.protocol.channel.OutputChannel;

/**
 * Runs one program to its end on the calling thread.
 *
 * <p>Two pumps carry stdout and stderr apart. The run is over when the program has ended and both outputs have ended, or
 * {@link #LINGER} after the program's end: a daemon it started may hold the pipes for ever. Processes left behind by a program that
 * came to its own end are the operator's wish and stay; at the time limit, or when the thread is interrupted (a cancel), the whole
 * tree is ended.
 */
public final class ProcessRunner {
  /** How long ended programs' outputs are still awaited while somebody else holds them open. */
  static final Duration LINGER = Duration.ofSeconds(5);

  /** Between TERM and KILL. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** ENOENT, EACCES, E2BIG: the same numbers on every Unix. */
  private static final int NO_ENTRY = 2;
  private static final int NO_ACCESS = 13;
  private static final int TOO_LONG = 7;

  private static final Path NULL_DEVICE = Path.of(Files.exists(Path.of("/dev/null")) ? "/dev/null" : "NUL");

  private final ProcessTree tree;
  private final Executor pumps;
  private final Duration linger;
  private final Duration grace;

  ProcessRunner(ProcessTree tree, Executor pumps, Duration linger, Duration grace) {
    this.tree = tree;
    this.pumps = pumps;
    this.linger = linger;
    this.grace = grace;
  }

  /** A runner for this machine; its threads end when they are not needed. */
  public static ProcessRunner create(ProcessTable table) {
    return new ProcessRunner(new ProcessTree(table), PumpThreads.create(), LINGER, GRACE);
  }

  ProcessEnd run(ProcessOrder order, OperationOutput output) {
    String unspeakable = unspeakable(order);
    if (!unspeakable.isEmpty()) {
      return new ProcessEnd.NotStarted(unspeakable);
    }
    Process process;
    try {
      process = builder(order).start();
    } catch (IOException e) {
      return new ProcessEnd.NotStarted(explain(order, e));
    }
    var stdout = new OutputPump(process.getInputStream(), OutputChannel.STDOUT, output);
    var stderr = new OutputPump(process.getErrorStream(), OutputChannel.STDERR, output);
    try {
      pumps.execute(stdout);
      pumps.execute(stderr);
      feed(process, order);
    } catch (OutOfMemoryError e) {
      // No more threads on this machine: a program nobody listens to would hang.
      tree.end(process.toHandle(), order.mark(), grace);
      return new ProcessEnd.NotStarted("this machine allows the agent no more threads; run fewer operations at once");
    }
    ProcessEnd end = await(process, order);
    boolean whole = awaitOutput(stdout, stderr);
    return end instanceof ProcessEnd.Exited(int code, var _) ? new ProcessEnd.Exited(code, !whole) : end;
  }

  /** What came of starting a program that nobody waits for. */
  sealed interface Launch {
    /** It runs, or ran. */
    record Started(long pid) implements Launch {}

    /** It never ran; the reason says why and what to do. */
    record Failed(String reason) implements Launch {}
  }

  /** Starts a program and does not wait; it reads nothing, and what it says is dropped. */
  Launch start(ProcessOrder order) {
    String unspeakable = unspeakable(order);
    if (!unspeakable.isEmpty()) {
      return new Launch.Failed(unspeakable);
    }
    try {
      return new Launch.Started(builder(order).redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD).start().pid());
    } catch (IOException e) {
      return new Launch.Failed(explain(order, e));
    }
  }

  private ProcessEnd await(Process process, ProcessOrder order) {
    try {
      if (process.waitFor(order.timeLimit().toNanos(), TimeUnit.NANOSECONDS)) {
        return new ProcessEnd.Exited(process.exitValue(), false);
      }
      int processes = tree.end(process.toHandle(), order.mark(), grace);
      return new ProcessEnd.TimedOut(codeOf(process), processes);
    } catch (InterruptedException e) {
      int processes = tree.end(process.toHandle(), order.mark(), grace);
      return new ProcessEnd.Cancelled(codeOf(process), processes);
    }
  }

  /** After KILL the kernel ends a process at once, unless it hangs in a device; then its code is that of KILL all the same. */
  private static int codeOf(Process process) {
    return process.isAlive() ? 128 + 9 : process.exitValue();
  }

  private boolean awaitOutput(OutputPump stdout, OutputPump stderr) {
    long deadline = System.nanoTime() + linger.toNanos();
    boolean whole = false;
    try {
      whole = stdout.awaitEnd(deadline - System.nanoTime()) && stderr.awaitEnd(deadline - System.nanoTime());
    } catch (InterruptedException e) {
      // A cancel that comes after the program's end: no reason to wait for stragglers.
      Thread.currentThread().interrupt();
    }
    stdout.abandon();
    stderr.abandon();
    return whole;
  }

  private void feed(Process process, ProcessOrder order) {
    if (order.staysOpen()) {
      pumps.execute(() -> write(process.getOutputStream(), order.stdin().toArray()));
    } else if (!order.stdin().isEmpty()) {
      pumps.execute(() -> writeAndClose(process.getOutputStream(), order.stdin().toArray()));
    }
  }

  /** The JDK closes the pipe when the program has ended, and the system when the agent has. */
  private static void write(OutputStream pipe, byte[] stdin) {
    try {
      pipe.write(stdin);
      pipe.flush();
    } catch (IOException e) {
      // A program may end without reading everything; how it ended tells why.
      return;
    }
  }

  private static void writeAndClose(OutputStream pipe, byte[] stdin) {
    try (pipe) {
      pipe.write(stdin);
    } catch (IOException e) {
      // A program may end, or close its input, without reading everything: its right.
      return;
    }
  }

  private static ProcessBuilder builder(ProcessOrder order) {
    var builder = new ProcessBuilder(order.argv());
    Environment.prepare(builder.environment(), order.environment(), order.mark());
    builder.directory(new File(order.directory().isEmpty() ? Environment.home() : order.directory()));
    if (order.stdin().isEmpty() && !order.staysOpen()) {
      builder.redirectInput(NULL_DEVICE.toFile());
    }
    return builder;
  }

  /** The JDK would pass "?" for what the agent's character set lacks: another command than the operator gave. */
  private static String unspeakable(ProcessOrder order) {
    CharsetEncoder encoder = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")).newEncoder();
    for (String word : words(order)) {
      if (!encoder.canEncode(word)) {
        return "the agent runs with character set " + encoder.charset() + ", which cannot express all of this order; "
            + "set LC_ALL=C.UTF-8 in the agent's service and restart it";
      }
    }
    return "";
  }

  private static List<String> words(ProcessOrder order) {
    var words = new ArrayList<>(order.argv());
    words.add(order.directory());
    order.environment().forEach((name, value) -> words.add(name + value));
    return words;
  }

  private static String explain(ProcessOrder order, IOException failure) {
    String program = order.argv().getFirst();
    if (!order.directory().isEmpty() && !new File(order.directory()).isDirectory()) {
      return "cannot start in " + order.directory() + ": no such directory; create it or choose another";
    }
    String cause = String.valueOf(failure.getMessage());
    if (names(cause, NO_ENTRY)) {
      return "cannot start " + program + ": no such program, or its interpreter is missing; check its name and path";
    }
    if (names(cause, NO_ACCESS)) {
      return "cannot start " + program + ": permission denied; make it executable for the agent's user";
    }
    if (names(cause, TOO_LONG)) {
      return "cannot start " + program
          + ": its arguments and environment are too long for this machine; shorten them or use stdin";
    }
    return "cannot start " + program + ": " + cause;
  }

  /** The JDK tells the system's error number only in its message, in one of two forms. */
  private static boolean names(String cause, int error) {
    return cause.contains("error=" + error + ",") || cause.contains("error: " + error + " ");
  }
}
