package dev.sallyport.gateway;

import java.util.Set;

import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.rolling.ServerSecrets;

/** What the directory says about a static key. */
public sealed interface KnownAgent {
  /**
   * It may connect.
   *
   * @param agentId the agent's id for ever
   * @param secrets the stored row
   * @param flags what the agent is told besides, {@link ReplyFlag#PENDING_APPROVAL} for one
   */
  record Admitted(String agentId, ServerSecrets secrets, Set<ReplyFlag> flags) implements KnownAgent {
    /** Copies the flags. */
    public Admitted {
      flags = Set.copyOf(flags);
    }
  }

  /** It is held back until an operator looks at it. */
  record Quarantined(String agentId) implements KnownAgent {}

  /** It is dismissed. */
  record Revoked(String agentId) implements KnownAgent {}

  /** Nobody here has this key. */
  record Stranger() implements KnownAgent {}
}
