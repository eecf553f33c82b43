package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Secret;

/**
 * Keys of a session in the memory of one side; a candidate stands for the keys that were derived together with it.
 *
 * @param enrol whether it is an enrolment
 * @param roll what the server would commit, had it not been superseded; only a mutant looks here
 */
record Session(Secret candidate, long attempt, boolean enrol, PendingRoll roll) {

  static long fold(List<Session> sessions) {
    long folded = 7;
    for (Session session : sessions) {
      folded = 131 * folded + Symbols.number(session.candidate());
      folded = 131 * folded + session.attempt();
      folded = 131 * folded + (session.enrol() ? 1 : 0);
    }
    return folded;
  }
}
