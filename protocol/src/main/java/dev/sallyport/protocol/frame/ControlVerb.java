package dev.sallyport.protocol.frame;

import dev.sallyport.protocol.ProtocolException;

/**
 * The few things one end may tell the other outside any stream. This list is the whole allow-list: a verb that is not on
 * it is a violation, never looked up by name.
 */
public enum ControlVerb {
  /** Agent to server, the first frame under new keys: {@code attempt(8)}, in an ENROLL session an enrolment request. */
  CONFIRM(1),
  /** Server to agent, its first frame under new keys: {@code epoch(8)}, in an ENROLL session the grant. */
  ROLLED(2),
  /** Both ways, the last record under the old keys of a rehandshake; no body. */
  SWITCH(3),
  /** Agent to server: the TLS facts it saw, so that an inspecting proxy is noticed. */
  TLSINFO(4),
  /** Agent to server: a new static key and its proof. */
  REKEY_ID(5),
  /** Server to agent: an audit checkpoint. */
  CHECKPOINT(6),
  /** Both ways: the sender's clock. */
  CLOCK(7);

  private final int code;

  ControlVerb(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  static ControlVerb of(int code) {
    return switch (code) {
      case 1 -> CONFIRM;
      case 2 -> ROLLED;
      case 3 -> SWITCH;
      case 4 -> TLSINFO;
      case 5 -> REKEY_ID;
      case 6 -> CHECKPOINT;
      case 7 -> CLOCK;
      default -> throw new ProtocolException("unknown control verb " + code);
    };
  }
}
