package dev.sallyport.session.rolling;

import dev.sallyport.session.handshake.Secret;

/** The rules a world obeys: the real classes, or those with one function exchanged. */
interface Rules {

  AgentRoll agent();

  ServerRoll server();

  default Step<AgentState, AgentEffect> start(AgentState state, long nowMs) {
    return agent().start(state, nowMs);
  }

  default Step<AgentState, AgentEffect> onReplyOk(AgentState state, long attempt, int matched, Secret candidate) {
    return agent().onReplyOk(state, attempt, matched, candidate);
  }

  /** What a server does at once when it has accepted a HELLO, beside sending the reply. */
  default Step<ServerState, ServerEffect> onAccepted(ServerState state, Session session) {
    return Step.nothing(state);
  }

  default Step<ServerState, ServerEffect> onConfirm(ServerState state, Session session) {
    return server().onConfirm(state, session.attempt(), session.candidate());
  }

  /** The compare-and-set of the store when the floor is raised. */
  default boolean raises(ServerSecrets stored, ServerEffect.RaiseFloor write) {
    return stored.attemptFloor() == write.expected().attemptFloor()
        && stored.list().getFirst().epoch() == write.expected().list().getFirst().epoch();
  }

  /** The compare-and-set of the store when a roll is committed. */
  default boolean commits(ServerSecrets stored, ServerEffect.Commit write) {
    return stored.attemptFloor() == write.attempt();
  }

  /** The classes as they are. */
  record Real(AgentRoll agent, ServerRoll server) implements Rules {
    static Real keeping(int secrets) {
      return new Real(new AgentRoll(new Depth(secrets)), new ServerRoll(new Depth(secrets)));
    }
  }
}
