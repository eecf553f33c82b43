package dev.sallyport.session.rolling;

/**
 * An agent's secrets together with what it forgets in a crash.
 *
 * @param secrets as stored
 * @param attempt of the one handshake, or the session not yet acknowledged by ROLLED, that is under way; 0 if none
 */
public record AgentState(AgentSecrets secrets, long attempt) {

  /** After a start of the process: nothing is under way. */
  public static AgentState restored(AgentSecrets secrets) {
    return new AgentState(secrets, 0);
  }
}
