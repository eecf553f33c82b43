package dev.sallyport.session.stream;

import dev.sallyport.protocol.frame.ControlVerb;

/** Which end of a session this is. It decides the parity of stream numbers and who may say what. */
public enum Role {
  /** On the managed machine; it dialled. */
  AGENT,
  /** Where operators are. */
  SERVER;

  Role peer() {
    return this == AGENT ? SERVER : AGENT;
  }

  /** The first stream this end opens; each further one is two higher. */
  int firstStream() {
    return this == AGENT ? 1 : 2;
  }

  /** Whether this end gives out the number. */
  boolean opens(int stream) {
    return (stream & 1) == (firstStream() & 1);
  }

  /** Whether this end may say the verb at all; what its peer says beyond this list is a violation. */
  boolean says(ControlVerb verb) {
    return switch (verb) {
      case CONFIRM, TLSINFO, REKEY_ID -> this == AGENT;
      case ROLLED, CHECKPOINT -> this == SERVER;
      case SWITCH, CLOCK -> true;
    };
  }
}
