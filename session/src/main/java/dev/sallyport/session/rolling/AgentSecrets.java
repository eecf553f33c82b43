package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.HelloPayload;
import dev.sallyport.session.handshake.Secret;

/**
 * What an agent remembers durably of the rolling secret, in one file.
 *
 * @param held newest first; the order in which they are offered
 * @param pending how many of the newest are candidates that the server may or may not have committed: one at most, or more
 *     after enrolments whose end got lost
 * @param lastAttempt the highest attempt number used, or told by the server; 0 before the first
 */
public record AgentSecrets(List<Secret> held, int pending, long lastAttempt) {
  /** One candidate and the most committed ones. */
  static final int MOST_HELD = Depth.MOST + 1;

  public AgentSecrets {
    held = List.copyOf(held);
    if (held.size() > MOST_HELD || pending < 0 || pending > held.size() || lastAttempt < 0
        || lastAttempt > HelloPayload.MAX_ATTEMPT) {
      throw new IllegalArgumentException("an agent holds at most " + MOST_HELD
          + " secrets, pending ones are among them, and attempts are 0 to 2^62-1");
    }
  }

  /** Before enrolment. */
  public static AgentSecrets none() {
    return new AgentSecrets(List.of(), 0, 0);
  }

  AgentSecrets withLastAttempt(long attempt) {
    return new AgentSecrets(held, pending, attempt);
  }
}
