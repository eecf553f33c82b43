package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Secret;

/** What an agent does next. */
public sealed interface AgentEffect {

  /** Replace the state file, and go on only when it is on disk. */
  record Persist(AgentSecrets secrets) implements AgentEffect {}

  /**
   * Send a HELLO; forget any other handshake under way.
   *
   * @param offered secrets to prove, newest first
   */
  record SendHello(long attempt, List<Secret> offered) implements AgentEffect {
    public SendHello {
      offered = List.copyOf(offered);
    }
  }

  /** Send CONFIRM as the first record of the new session. */
  record SendConfirm(long attempt) implements AgentEffect {}

  /** Tell the operator. */
  record Report(RollEvent event) implements AgentEffect {}
}
