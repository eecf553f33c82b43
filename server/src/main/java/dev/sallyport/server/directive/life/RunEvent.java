package dev.sallyport.server.directive.life;

import dev.sallyport.protocol.operation.Outcome;

/** What can happen to a run. */
public sealed interface RunEvent {
  /** The server is about to hand the run to its machine, for the first time or again after a lost link. */
  record Offered() implements RunEvent {}

  /** The directive's lifetime is over: what has not started must not start. */
  record LifetimeEnded() implements RunEvent {}

  /** An operator asked to cancel. */
  record CancelAsked() implements RunEvent {}

  /** The action came to an end on the machine, or the machine said why it never began. */
  record Reported(Outcome outcome) implements RunEvent {}

  /** The machine has been silent for so long that nobody waits for it any more. */
  record Abandoned() implements RunEvent {}
}
