package dev.sallyport.operation.process;

import java.time.Duration;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.operation.Outcome;

/** What the end of a process means for the operation that ran it. */
final class Endings {
  private Endings() {
  }

  static Ending of(ProcessEnd end, Duration timeLimit) {
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
