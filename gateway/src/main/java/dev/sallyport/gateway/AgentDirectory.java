package dev.sallyport.gateway;

import dev.sallyport.session.rolling.RollEvent;
import dev.sallyport.session.rolling.ServerSecrets;

/**
 * One to authenticate with: knows agents and tokens and stores their secrets. Its methods block and are called on handshake
 * threads, for one agent never two at once in this process. An answer counts only if it is on disk; a failure to store is an
 * exception, and then the handshake ends without an answer that would promise anything.
 */
public interface AgentDirectory {
  /**
   * Who holds this static key.
   *
   * @param agentStatic 32 bytes
   */
  KnownAgent find(byte[] agentStatic);

  /**
   * What this enrolment token is worth now.
   *
   * @param tokenId 16 bytes, which a stranger may have made up
   * @param agentStatic who presents it; to a machine that the token has admitted, it is live even when it is used up
   */
  EnrolmentToken findToken(byte[] tokenId, byte[] agentStatic);

  /**
   * Raises the attempt floor by compare-and-set, before the HELLO is answered.
   *
   * @param expected the row as {@link #find} returned it
   * @param attempt the new floor, above the old
   * @return false if the stored row is no longer {@code expected}; nothing was changed then
   */
  boolean raiseFloor(String agentId, ServerSecrets expected, long attempt);

  /**
   * Stores the rolled secrets by compare-and-set, on CONFIRM.
   *
   * @param attempt the floor that must still be stored
   * @return false if it is not, because a newer HELLO came in between; nothing was changed then
   */
  boolean commit(String agentId, long attempt, ServerSecrets next);

  /**
   * Makes a machine of a stranger with a token, on CONFIRM, in one transaction. The same static key and token get the same
   * machine again without consuming a second use; its secrets are replaced if their floor is below the new attempt.
   */
  EnrolAnswer enrol(EnrolCommand command);

  /** Tells of something odd about an agent's secret, for the audit and the alarm. */
  void report(String agentId, RollEvent event);

  /** Tells of attempts that failed, for the audit; already throttled and aggregated. */
  void refused(RefusedAttempt attempt);
}
