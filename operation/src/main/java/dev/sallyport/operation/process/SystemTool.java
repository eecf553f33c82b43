package dev.sallyport.operation.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.operation.Outcome;

/** Runs a tool of the operating system for an operation that is made with it: by an argument array, bounded in time and output. */
public final class SystemTool {
  /** Most characters of what a tool complains that are told on. */
  private static final int MAX_COMPLAINT_LENGTH = 500;

  private final ProcessRunner runner;

  public SystemTool(ProcessRunner runner) {
    this.runner = runner;
  }

  /** What a tool said before it ended. */
  public sealed interface Answer {
    /**
     * It ended by itself.
     *
     * @param output what it said, up to the bytes that were asked for
     * @param whole whether that is all of it
     * @param complaint what it said on standard error, cut
     */
    record Ended(int code, Bytes output, boolean whole, String complaint) implements Answer {
      /** What an operation comes to whose tool did not do what it should. */
      public Ending failed(String what) {
        return Ending.without(Outcome.FAILED,
            what + " (exit code " + code + (complaint.isEmpty() ? ")" : "): " + complaint));
      }
    }

    /** It never came to its own end; what the operation comes to. */
    record Not(Ending ending) implements Answer {}
  }

  /**
   * Runs a tool to its end.
   *
   * @param maxBytes most bytes of output that are kept; the rest is read and dropped
   */
  public Answer run(List<String> argv, Map<String, String> environment, Duration limit, int maxBytes,
      OperationContext context) {
    return run(new ProcessOrder(argv, environment, "", Bytes.EMPTY, limit, context.id().value()), maxBytes);
  }

  /**
   * Runs a program that lives as long as somebody waits for it: it starts in the root directory, is given this input, and its standard input
   * ends when the agent does.
   *
   * @param maxBytes as above
   */
  public Answer converse(List<String> argv, Bytes stdin, Duration limit, int maxBytes, OperationContext context) {
    return run(new ProcessOrder(argv, Map.of(), "/", stdin, true, limit, context.id().value()), maxBytes);
  }

  private Answer run(ProcessOrder order, int maxBytes) {
    var heard = new Heard(maxBytes);
    ProcessEnd end = runner.run(order, heard::hear);
    return end instanceof ProcessEnd.Exited(int code, boolean _)
        ? heard.ended(code)
        : new Answer.Not(Endings.of(end, order.timeLimit()));
  }

  /** Whether a tool is there, of those that are named by their path. */
  public static boolean isThere(String path) {
    return Files.isExecutable(Path.of(path));
  }

  /** Both outputs, for two threads. */
  private static final class Heard {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complaint = new ByteArrayOutputStream();
    private final int maxBytes;
    private boolean whole = true;

    Heard(int maxBytes) {
      this.maxBytes = maxBytes;
    }

    synchronized void hear(OutputChannel channel, byte[] bytes, int offset, int length) {
      if (channel == OutputChannel.STDOUT) {
        int count = Math.min(length, maxBytes - output.size());
        output.write(bytes, offset, count);
        whole &= count == length;
      } else {
        complaint.write(bytes, offset, Math.min(length, MAX_COMPLAINT_LENGTH - complaint.size()));
      }
    }

    synchronized Answer ended(int code) {
      return new Answer.Ended(code, Bytes.of(output.toByteArray()), whole,
          complaint.toString(Charset.defaultCharset()).strip());
    }
  }
}
