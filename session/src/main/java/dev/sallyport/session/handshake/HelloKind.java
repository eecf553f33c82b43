package dev.sallyport.session.handshake;

import dev.sallyport.protocol.ProtocolException;

/** Why an agent says HELLO. */
public enum HelloKind {
  /** A known agent begins a session. */
  SESSION(1),
  /** A machine presents an enrolment token; the header's hint is the token's id. */
  ENROLL(2),
  /** A running session renews its keys and its secret. */
  REHANDSHAKE(3);

  private final int code;

  HelloKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static HelloKind of(int code) {
    for (HelloKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new ProtocolException("payload1.kind must be 1, 2 or 3, not " + code);
  }
}
