package dev.sallyport.session.handshake;

import dev.sallyport.protocol.ProtocolException;

/** The server's authenticated answer to a HELLO. Only {@link #OK} makes a session. */
public enum Status {
  OK(0),
  /** The attempt number is not above the server's floor: a replay, or a clock that went back. */
  ATTEMPT_STALE(1),
  /** No secret of the agent's is known to the server: one of them was restored too far, or cloned. */
  NO_COMMON_SECRET(2),
  /** The identity is proven but held back until an operator looks at it. */
  QUARANTINED(3),
  /** The agent is dismissed; it stops directives and asks again daily. */
  REVOKED(4),
  /** The enrolment token has run out of time. */
  TOKEN_EXPIRED(5),
  /** The enrolment token has run out of uses. */
  TOKEN_EXHAUSTED(6),
  /** The agent is too old for this server. */
  UPGRADE_REQUIRED(7),
  /** Another node of this server answers for the agent. */
  OTHER_NODE(8),
  /** The agent's clock is too far ahead for its attempt number to be taken; the answer has the server's. */
  CLOCK(9);

  private final int code;

  Status(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  static Status of(int code) {
    for (Status status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new ProtocolException("payload2.status must be 0 to 9, not " + code);
  }
}
