package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Secret;

/**
 * What an agent remembers durably of the rolling secret, in one file.
 *
 * @param held newest first; the order in which they are offered
 * @param newestPending the newest is a candidate that the server may or may not have committed
 * @param lastAttempt the highest attempt number used, or told by the server; 0 before the first
 */
public record AgentSecrets(List<Secret> held, boolean newestPending, long lastAttempt) {
  /** One pending secret and the most committed ones. */
  static final int MOST_HELD = Depth.MOST + 1;

  public AgentSecrets {
    held = List.copyOf(held);
    if (held.size() > MOST_HELD || (newestPending && held.isEmpty()) || lastAttempt < 0) {
      throw new IllegalArgumentException("an agent holds at most " + MOST_HELD
          + " secrets, a pending one is among them, and attempts are not negative");
    }
  }

  /** Before enrolment. */
  public static AgentSecrets none() {
    return new AgentSecrets(List.of(), false, 0);
  }

  AgentSecrets withLastAttempt(long attempt) {
    return new AgentSecrets(held, newestPending, attempt);
  }
}
