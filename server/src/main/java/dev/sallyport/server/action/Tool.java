package dev.sallyport.server.action;

import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunProgram;

/** How actions use programs of the machine: by their arguments, never through a shell, and with texts in one language. */
public final class Tool {
  /** Makes programs speak as their parsers expect, and ask nobody. */
  private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "DEBIAN_FRONTEND", "noninteractive");

  private Tool() {
  }

  /** Whether the machine has this file or directory; noted, so that it may be decided by. */
  public static boolean exists(ActionContext context, String path) {
    OperationResult found = context.remember(new FileOperation.Properties(path));
    return found.outcome() == Outcome.DONE && found.value().bool("exists", false);
  }

  /** Runs a program whose output people read. */
  public static void run(ActionContext context, List<String> argv) {
    run(context, argv, Bytes.EMPTY);
  }

  /** Runs a program that reads this from its standard input. */
  public static void run(ActionContext context, List<String> argv, Bytes stdin) {
    context.perform(new RunProgram(argv, ENVIRONMENT, "", stdin, context.limits()));
  }

  /** Runs a program whose output the action reads, however it ends. */
  public static Captured ask(ActionContext context, List<String> argv) {
    return context.capture(new RunProgram(argv, ENVIRONMENT, "", Bytes.EMPTY,
        new Limits(context.limits().time(), Captured.MAX_BYTES)));
  }

  /**
   * Runs a program whose output the action needs.
   *
   * @throws OperationEndedException with the first line of its complaint if it fails
   */
  public static String need(ActionContext context, List<String> argv) {
    Captured captured = ask(context, argv);
    if (captured.result().outcome() != Outcome.DONE) {
      throw ended(argv.getFirst(), captured);
    }
    if (captured.result().outputTruncated()) {
      throw new OperationEndedException(Outcome.FAILED,
          argv.getFirst() + " wrote more than " + Captured.MAX_BYTES + " bytes");
    }
    return captured.text();
  }

  /** How a program failed, for people. */
  public static OperationEndedException ended(String program, Captured captured) {
    String complaint = captured.errors().lines().filter(line -> !line.isBlank()).findFirst()
        .orElse(captured.result().reason());
    return new OperationEndedException(captured.result().outcome(),
        PlainText.clean(program + ": " + complaint, OperationResult.MAX_REASON_LENGTH));
  }

  /** The end of an action that a machine of this kind cannot do. */
  public static OperationEndedException unsupported(String reason) {
    return new OperationEndedException(Outcome.UNSUPPORTED, reason);
  }
}
