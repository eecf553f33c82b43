package dev.sallyport.protocol.frame;

import dev.sallyport.protocol.ProtocolException;

/** Why one end ends a session. */
public enum GoAwayCode {
  /** The sender stops in order: open streams may finish, new ones are refused. */
  SHUTDOWN(1),
  /** The receiver said something the protocol does not allow. */
  PROTOCOL(2),
  /** The receiver sent without credit, or does not read. */
  FLOW(3),
  /** The same agent has a newer session. */
  SUPERSEDED(4),
  /** Nothing was heard for too long. */
  IDLE(5),
  /** A rule of the sender forbids this session. */
  POLICY(6),
  /** The sender has a fault of its own. */
  INTERNAL(7);

  private final int code;

  GoAwayCode(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** Whether open streams may finish; every other code ends the session at once. */
  public boolean drains() {
    return this == SHUTDOWN;
  }

  static GoAwayCode of(int code) {
    return switch (code) {
      case 1 -> SHUTDOWN;
      case 2 -> PROTOCOL;
      case 3 -> FLOW;
      case 4 -> SUPERSEDED;
      case 5 -> IDLE;
      case 6 -> POLICY;
      case 7 -> INTERNAL;
      default -> throw new ProtocolException("unknown GOAWAY code " + code);
    };
  }
}
