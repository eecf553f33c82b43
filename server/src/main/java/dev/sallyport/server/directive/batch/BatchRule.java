package dev.sallyport.server.directive.batch;

import java.util.OptionalInt;

import dev.sallyport.protocol.operation.Outcome;

/**
 * The one function that says how a batch goes on. It knows nothing but what the database says, so it says the same after a restart.
 *
 * <p>A run that was handed to its machine counts until the machine says how it ended, also while the machine is away: a roll-out whose machines
 * do not come back stops by itself. A machine that is away and was not handed its run counts nothing and is passed over.
 */
public final class BatchRule {
  private BatchRule() {
  }

  /**
   * How a batch stands.
   *
   * @param waiting runs that were not handed to their machines and have not ended
   * @param active runs that were handed to their machines and have not ended
   * @param failed runs that {@linkplain #failed failed}
   */
  public record Standing(long waiting, long active, long failed) {}

  /** What follows. */
  public sealed interface Step {
    /** Up to so many runs may start, at least one. */
    record Start(int most) implements Step {}

    /** Nothing for now: something has to end, or the window has to open. */
    record Hold() implements Step {}

    /** Too many have failed: what waits must never start. */
    record Stop() implements Step {}

    /** Nothing waits any more. */
    record Over() implements Step {}
  }

  /** What follows from how a batch stands now. */
  public static Step next(Batch batch, Standing standing, boolean windowOpen) {
    if (standing.waiting() <= 0) {
      return new Step.Over();
    }
    if (batch.stopAfterFailures() > 0 && standing.failed() >= batch.stopAfterFailures()) {
      return new Step.Stop();
    }
    long free = batch.concurrency() - standing.active();
    if (!windowOpen || free <= 0) {
      return new Step.Hold();
    }
    return new Step.Start((int) Math.min(free, standing.waiting()));
  }

  /**
   * Whether a run that ended so counts as failed: it could not be done, nobody knows whether it was, or its program said no. What an
   * operator cancelled, and what never started because its time was over, does not count.
   */
  public static boolean failed(Outcome outcome, OptionalInt exitCode) {
    return switch (outcome) {
      case FAILED, REFUSED, UNSUPPORTED, UNKNOWN -> true;
      case DONE -> exitCode.isPresent() && exitCode.getAsInt() != 0;
      case EXPIRED, CANCELLED -> false;
    };
  }
}
