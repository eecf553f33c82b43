package dev.sallyport.agent.execute;

import java.time.Instant;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;

/** From endings to results, and the sentences for operations that were not run. */
final class Results {
  static final String RAN_BEFORE = "this operation ran before and its result was delivered; it is not run again";
  static final String TOO_OLD = "the agent cannot tell whether this operation ran before: it was ordered before the agent's journal began"
      + " or reaches back; order it anew";
  static final String OTHER_ORDER = "this operation's id was used before for another order; order it anew";
  static final String UNKNOWN_END = "the agent stopped while this operation ran; how it ended is not known";
  static final String EXPIRED = "its time was over before it could start";
  static final String CANCELLED = "cancelled before it started";
  static final String STOPPED = "the agent on this machine was stopped and ended this operation";
  static final String BUSY = "this agent has as many operations waiting as it may; try again later";
  static final String NO_ROOM = "this agent holds as many results for the server as it may; they must be fetched first";
  static final String NO_ROOM_FOR_INPUT = "this agent has no room for what came with the order; free some space on its disk and order it anew";
  static final String OTHER_INPUT = "what came with the order is not what the order says; order it anew";
  static final String NOT_APPROVED = "an operator must approve this machine before it takes orders";

  private Results() {
  }

  static Bytes of(Ending ending, Instant started, Instant ended, RunOutput output) {
    String reason = PlainText.clean(ending.reason(), OperationResult.MAX_REASON_LENGTH);
    var result = new OperationResult(ending.outcome(), ending.exitCode(), started, ended, output.kept(), output.cut(),
        ending.value(),
        reason);
    try {
      return Bytes.of(result.encode());
    } catch (ProtocolException e) {
      return Bytes.of(
          OperationResult.without(Outcome.FAILED, started, ended, "what it found is too large to be sent").encode());
    }
  }

  /** It was cancelled by nobody but the agent's own end. */
  static Ending stopped(Ending ending) {
    return new Ending(ending.outcome(), ending.exitCode(), ending.value(), STOPPED);
  }

  static Bytes without(Outcome outcome, Instant now, String reason) {
    return Bytes.of(OperationResult.without(outcome, now, now, reason).encode());
  }
}
