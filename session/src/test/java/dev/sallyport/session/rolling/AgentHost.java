package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Secret;

/**
 * An agent's process and its disk.
 *
 * @param state in memory
 * @param disk what survives a crash
 * @param awaiting the HELLO whose reply it can open, or -1
 * @param sessions whose keys it has
 * @param past earlier contents of the disk, newest first, as far as a scene may restore them
 */
record AgentHost(AgentState state, AgentSecrets disk, int awaiting, List<Session> sessions, List<AgentSecrets> past,
    Print print) {

  static AgentHost of(AgentState state, AgentSecrets disk, int awaiting, List<Session> sessions,
      List<AgentSecrets> past) {
    long pasts = 3;
    for (AgentSecrets each : past) {
      pasts = 8191 * pasts + fold(each);
    }
    return new AgentHost(state, disk, awaiting, sessions, past, Print.of(fold(state.secrets()), state.attempt(),
        fold(disk), awaiting, Session.fold(sessions), pasts));
  }

  static AgentHost started(AgentSecrets disk, List<AgentSecrets> past) {
    return of(AgentState.restored(disk), disk, -1, List.of(), past);
  }

  boolean knows(Secret secret) {
    return disk.held().contains(secret) || state.secrets().held().contains(secret)
        || sessions.stream().anyMatch(session -> session.candidate().equals(secret))
        || past.stream().anyMatch(old -> old.held().contains(secret));
  }

  AgentHost crashed() {
    return started(disk, past);
  }

  private static long fold(AgentSecrets secrets) {
    long folded = Symbols.fold(secrets.held());
    return (131 * folded + secrets.pending()) * 131 + secrets.lastAttempt();
  }
}
