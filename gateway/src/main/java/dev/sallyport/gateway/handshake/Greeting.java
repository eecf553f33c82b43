package dev.sallyport.gateway.handshake;

import dev.sallyport.session.handshake.SessionKeys;

/** The answer to a HELLO. */
@SuppressWarnings("ArrayRecordComponent") // messages on their way, never compared
public sealed interface Greeting {
  /**
   * No session.
   *
   * @param message to send as the last one
   */
  record Refused(byte[] message) implements Greeting {}

  /**
   * A session, once CONFIRM has come.
   *
   * @param reply to send
   * @param keys of the session; the receiver closes them
   * @param pending to be handed to {@link Handshakes#confirm} or {@link Handshakes#forget}
   */
  record Accepted(byte[] reply, SessionKeys keys, PendingHandshake pending) implements Greeting {}
}
