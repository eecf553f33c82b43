package dev.sallyport.gateway.handshake;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.rolling.ServerState;

/** A handshake that was accepted and waits for CONFIRM; there is at most one for a static key (R2). In memory only. */
public sealed interface PendingHandshake {
  /** The agent's static key, 32 bytes. */
  Bytes agentStatic();

  /** The attempt number of the HELLO, which CONFIRM must repeat. */
  long attempt();

  /** Who sent the HELLO. */
  Caller caller();

  /**
   * Of an agent that is known.
   *
   * @param agentId whose secrets roll
   * @param state what is stored and what CONFIRM will commit on
   * @param candidate the next secret
   */
  record Roll(Bytes agentStatic, long attempt, Caller caller, String agentId, ServerState state, Secret candidate)
      implements
        PendingHandshake {}

  /**
   * Of a stranger with a token.
   *
   * @param tokenId the token's id, 16 bytes
   * @param candidate the first secret
   * @param handshakeHash what the request in CONFIRM must be signed for
   */
  record Enrolment(Bytes agentStatic, long attempt, Caller caller, Bytes tokenId, Secret candidate, Bytes handshakeHash)
      implements
        PendingHandshake {}
}
