package dev.sallyport.session.handshake;

import module java.base;

import dev.sallyport.protocol.ProtocolException;

/** What the server tells an agent beside the status. */
public enum ReplyFlag {
  /** The secrets met at an older place than an interruption can explain: one side was restored, or the agent cloned. */
  ROLLBACK_SUSPECTED(1),
  /** Enrolled, but an operator has not approved the machine yet. */
  PENDING_APPROVAL(2),
  /** The agent must update before it is given work. */
  UPDATE_REQUIRED(4);

  private static final int ALL = 7;

  private final int bit;

  ReplyFlag(int bit) {
    this.bit = bit;
  }

  static int encode(Set<ReplyFlag> flags) {
    int bits = 0;
    for (ReplyFlag flag : flags) {
      bits |= flag.bit;
    }
    return bits;
  }

  static Set<ReplyFlag> decode(int bits) {
    if ((bits & ~ALL) != 0) {
      throw new ProtocolException("payload2.flags has unknown bits: " + bits);
    }
    Set<ReplyFlag> flags = EnumSet.noneOf(ReplyFlag.class);
    for (ReplyFlag flag : values()) {
      if ((bits & flag.bit) != 0) {
        flags.add(flag);
      }
    }
    return flags;
  }
}
