package dev.sallyport.server.directive.life;

import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.directive.life.RunEvent.Abandoned;
import dev.sallyport.server.directive.life.RunEvent.CancelAsked;
import dev.sallyport.server.directive.life.RunEvent.LifetimeEnded;
import dev.sallyport.server.directive.life.RunEvent.Offered;
import dev.sallyport.server.directive.life.RunEvent.Reported;
import dev.sallyport.server.directive.life.RunState.Ended;
import dev.sallyport.server.directive.life.RunState.Queued;
import dev.sallyport.server.directive.life.RunState.Running;

/**
 * The one function that moves a run from state to state. Three rules make it safe:
 * <ul>
 * <li>a run that was never offered may be ended by the server alone (expired, cancelled);
 * <li>a run that was offered is ended only by what its machine reports, because it may have run there; the single exception is a
 * machine that stays away for good, and then the outcome is honestly {@code unknown};
 * <li>an ended run stays as it is, so a repeated result, a late cancel and a second server life change nothing.
 * </ul>
 */
public final class RunLife {
  private RunLife() {
  }

  /**
   * What follows when an event meets a state; the same state when the event changes nothing.
   *
   * @throws IllegalStateException when the event cannot happen in that state: a fault in the caller
   */
  public static RunState next(RunState state, RunEvent event) {
    return switch (state) {
      case Queued queued -> whenQueued(queued, event);
      case Running running -> whenRunning(running, event);
      case Ended ended -> ended;
    };
  }

  private static RunState whenQueued(Queued queued, RunEvent event) {
    return switch (event) {
      case Offered _ -> new Running(false);
      case LifetimeEnded _ -> new Ended(Outcome.EXPIRED);
      case CancelAsked _ -> new Ended(Outcome.CANCELLED);
      case Reported(Outcome outcome) ->
        throw new IllegalStateException("a run that was never offered reported " + outcome);
      case Abandoned _ ->
        throw new IllegalStateException("a run that was never offered expires, it is not abandoned: " + queued);
    };
  }

  private static RunState whenRunning(Running running, RunEvent event) {
    return switch (event) {
      case Offered _,LifetimeEnded _ -> running;
      case CancelAsked _ -> new Running(true);
      case Reported(Outcome outcome) -> new Ended(reported(running, outcome));
      case Abandoned _ -> new Ended(Outcome.UNKNOWN);
    };
  }

  /** A cancelled run is offered with a latest start in the past, so "expired" then means: it never started. */
  private static Outcome reported(Running running, Outcome outcome) {
    return running.cancelling() && outcome == Outcome.EXPIRED ? Outcome.CANCELLED : outcome;
  }
}
