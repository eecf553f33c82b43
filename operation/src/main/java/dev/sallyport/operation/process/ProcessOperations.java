package dev.sallyport.operation.process;

import java.time.Duration;
import java.util.Set;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.operation.ActionClass;
import dev.sallyport.protocol.operation.Effect;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.OperationDescription;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.Platform;
import dev.sallyport.protocol.operation.Privilege;

/** What the operations that run a process have in common: how they are described, and what the end of a process means. */
final class ProcessOperations {
  private ProcessOperations() {
  }

  /** Windows hands a program one command line instead of an argument array, so it needs an implementation of its own. */
  static OperationDescription describe(String name) {
    return new OperationDescription(name, 1, Effect.CHANGE, Privilege.ORDINARY, ActionClass.EXEC, Limits.MAX_TIME,
        Limits.MAX_OUTPUT_BYTES,
        Set.of(Platform.LINUX));
  }

  static Ending ending(ProcessEnd end, Duration timeLimit) {
    return switch (end) {
      case ProcessEnd.Exited(int code, boolean outputCut) ->
        Ending.exited(code == 0 ? Outcome.DONE : Outcome.FAILED, code,
            outputCut ? "a process it left behind still holds its output; what that writes is not kept" : "");
      case ProcessEnd.NotStarted(String reason) -> Ending.without(Outcome.FAILED, reason);
      case ProcessEnd.TimedOut(int code, int processes) -> Ending.exited(Outcome.EXPIRED, code,
          "ran into its time limit of " + words(timeLimit) + "; ended " + count(processes));
      case ProcessEnd.Cancelled(int code, int processes) ->
        Ending.exited(Outcome.CANCELLED, code, "cancelled; ended " + count(processes));
    };
  }

  private static String count(int processes) {
    return processes == 1 ? "1 process" : processes + " processes";
  }

  private static String words(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
