package dev.sallyport.agent.link;

import dev.sallyport.protocol.message.Fail;
import dev.sallyport.session.handshake.ReplyPayload;
import dev.sallyport.session.handshake.ReplyVerdict;

/** What came back for a HELLO. */
public sealed interface Welcome {
  /**
   * The server proved itself and accepts.
   *
   * @param attempt of the handshake
   * @param verdict keys, the next secret and the server's terms
   */
  record Accepted(long attempt, ReplyVerdict.Accepted verdict) implements Welcome {}

  /** The server proved itself and refuses. */
  record Refused(long attempt, ReplyPayload payload) implements Welcome {}

  /** Somebody, perhaps the server, refuses. It changes nothing but the time of the next attempt. */
  record Unproven(Fail fail) implements Welcome {}
}
