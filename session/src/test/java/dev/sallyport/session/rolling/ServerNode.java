package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Secret;

/**
 * A server's process.
 *
 * @param state in memory, since its last HELLO
 * @param sessions whose keys it has, confirmed or not
 * @param reading the HELLO it has opened, or -1
 * @param snapshot the row it read for that HELLO
 */
record ServerNode(ServerState state, List<Session> sessions, int reading, ServerSecrets snapshot, Print print) {

  static ServerNode of(ServerState state, List<Session> sessions, int reading, ServerSecrets snapshot) {
    long pending = 5;
    for (EpochSecret kept : state.pending().kept()) {
      pending = 131 * pending + Symbols.number(kept.secret());
    }
    return new ServerNode(state, sessions, reading, snapshot, Print.of(fold(state.secrets()), state.pending().attempt(),
        pending, Session.fold(sessions), reading, reading < 0 ? 0 : fold(snapshot)));
  }

  static ServerNode started(ServerSecrets row) {
    return of(ServerState.restored(row), List.of(), -1, row);
  }

  boolean knows(Secret secret) {
    return snapshot.secrets().contains(secret) || state.secrets().secrets().contains(secret)
        || sessions.stream().anyMatch(session -> session.candidate().equals(secret));
  }

  static long fold(ServerSecrets row) {
    long folded = 11;
    for (EpochSecret each : row.list()) {
      folded = 131 * folded + Symbols.number(each.secret());
      folded = 131 * folded + each.epoch();
    }
    return 131 * folded + row.attemptFloor();
  }
}
