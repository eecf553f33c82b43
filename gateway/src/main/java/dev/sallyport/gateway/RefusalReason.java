package dev.sallyport.gateway;

/** Why an attempt to become a link failed. */
public enum RefusalReason {
  /** Not a message of the protocol where a HELLO was due, or not a WebSocket request for it. */
  MALFORMED,
  /** A web page tried: an Origin header stood in the request (T18). */
  WEB_ORIGIN,
  /** The HELLO does not decrypt: forged, damaged, or meant for another server. */
  UNDECRYPTABLE,
  /** Nobody has this static key. */
  UNKNOWN_KEY,
  /** The token does not exist, is not for this address, or its secret was not proven. */
  BAD_TOKEN,
  /** The token is locked after too many failures. */
  TOKEN_LOCKED,
  /** The token has run out of time. */
  TOKEN_EXPIRED,
  /** The token has run out of uses. */
  TOKEN_EXHAUSTED,
  /** A replay, or a clock that went back. */
  ATTEMPT_STALE,
  /** No secret in common: restored too far, or a clone. */
  NO_COMMON_SECRET,
  /** Held back until an operator looks. */
  QUARANTINED,
  /** Dismissed. */
  REVOKED,
  /** The agent's clock is years ahead. */
  CLOCK,
  /** What came after the handshake was not its CONFIRM, or did not decrypt. */
  NOT_CONFIRMED,
  /** Too slow at some step. */
  TOO_SLOW,
  /** Too many HELLOs from this source. */
  SOURCE_THROTTLED,
  /** Too many HELLOs with this static key. */
  KEY_THROTTLED,
  /** More handshakes than this server can compute. */
  BUSY,
  /** A HELLO inside a session that names another agent than the session's (T22). */
  OTHER_IDENTITY
}
