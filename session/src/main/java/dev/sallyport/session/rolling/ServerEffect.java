package dev.sallyport.session.rolling;

import dev.sallyport.session.handshake.Match;
import dev.sallyport.session.handshake.Status;

/** What a server does next. A durable write that fails ends the step: nothing after it may be done. */
public sealed interface ServerEffect {

  /**
   * Raise the floor by compare-and-set: only if the stored row still is {@code expected}, floor and newest epoch. If it
   * is not, another node was faster; read again and judge the HELLO anew.
   */
  record RaiseFloor(ServerSecrets expected, long attempt) implements ServerEffect {}

  /**
   * Accept the handshake and remember the pending roll.
   *
   * @param secret the one to mix in
   * @param match where it stands in both lists
   * @param rollbackSuspected to be told to the agent
   */
  record Accept(long attempt, EpochSecret secret, Match match, boolean rollbackSuspected) implements ServerEffect {}

  /**
   * Refuse the handshake.
   *
   * @param attempt to stand in the answer: the floor if the attempt is stale or too far ahead
   */
  record Refuse(Status status, long attempt) implements ServerEffect {}

  /**
   * Store the row by compare-and-set: only if the stored floor still is {@code attempt}. If it is not, a newer HELLO came
   * in between; drop the session.
   */
  record Commit(long attempt, ServerSecrets next) implements ServerEffect {}

  /** Send ROLLED as the first record of the session. */
  record SendRolled(long epoch) implements ServerEffect {}

  /** Tell the operator. */
  record Report(RollEvent event) implements ServerEffect {}
}
