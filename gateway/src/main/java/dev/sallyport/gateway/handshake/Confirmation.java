package dev.sallyport.gateway.handshake;

import dev.sallyport.gateway.RefusalReason;

/** What came of a CONFIRM. */
public sealed interface Confirmation {
  /**
   * The agent is authenticated and its new secret is stored.
   *
   * @param agentId the agent
   * @param epoch of the new secret
   * @param rolled the body of ROLLED
   */
  @SuppressWarnings("ArrayRecordComponent") // a message on its way, never compared
  record Confirmed(String agentId, long epoch, byte[] rolled) implements Confirmation {}

  /** It is not, and nothing was stored; the session must end. */
  record Denied(RefusalReason reason) implements Confirmation {}
}
