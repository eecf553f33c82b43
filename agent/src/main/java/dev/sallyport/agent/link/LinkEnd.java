package dev.sallyport.agent.link;

import java.time.Duration;

import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.session.handshake.Status;

/** How an attempt to have a link ended. */
sealed interface LinkEnd {
  /** No bytes went through: the network, TLS or something between. The reason says what to do. */
  record Unreachable(String reason) implements LinkEnd {}

  /** Somebody refused without proof; nothing is believed but that waiting is wise. */
  record Unproven(FailCode code, Duration retryAfter) implements LinkEnd {}

  /** The answer was not made by the server whose key was pinned at enrolment. */
  record Impostor(String reason) implements LinkEnd {}

  /** The server itself refused. */
  record Refused(Status status, Duration retryAfter) implements LinkEnd {}

  /** This machine could not store what must be on disk before going on. */
  record NotStored(String reason) implements LinkEnd {}

  /**
   * There was a link, and it is over.
   *
   * @param reason in a few words
   * @param retryAfter how long the server asked to stay away, or zero
   * @param lasted how long it was up; zero if the server never said ROLLED
   */
  record Lost(String reason, Duration retryAfter, Duration lasted) implements LinkEnd {}
}
