package dev.sallyport.session.stream;

/**
 * Where a session stands. It only ever moves down this list, and may skip: a server never shows CONFIRMING to an agent,
 * and any phase before CLOSING can end at once.
 */
enum Phase {
  /** Keys exist, the peer has not yet proven that it has them: a server waits for CONFIRM, an agent for ROLLED. */
  EXPECTING,
  /** Server only: CONFIRM has come, the host makes the new secret durable and then says ROLLED. */
  CONFIRMING,
  /** Streams open and close. */
  ESTABLISHED,
  /** A GOAWAY that drains was sent or received: no new streams, the open ones go on. */
  DRAINING,
  /** Over; what the control queue still holds may be sent. */
  CLOSING,
  /** Over and silent, keys wiped. */
  CLOSED;

  boolean over() {
    return compareTo(CLOSING) >= 0;
  }

  /** Whether streams may carry anything. */
  boolean streaming() {
    return this == ESTABLISHED || this == DRAINING;
  }
}
