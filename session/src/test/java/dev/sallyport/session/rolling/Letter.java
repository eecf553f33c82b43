package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Match;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.Status;

/** A message in the everlasting network: it may arrive late, twice, or never. */
sealed interface Letter {

  Print print();

  /** @param id counts the HELLOs of a world */
  record Hello(int id, int agent, long attempt, List<Secret> offered, Print print) implements Letter {
    static Hello of(int id, int agent, long attempt, List<Secret> offered) {
      return new Hello(id, agent, attempt, offered, Print.of(1, id, agent, attempt, Symbols.fold(offered)));
    }

    /** Whether it presents the token instead of secrets. */
    boolean enrol() {
      return offered.equals(List.of(Symbols.TOKEN));
    }
  }

  /** An accepting reply; only the agent that waits for an answer to this HELLO can open it. */
  record Accepted(int hello, boolean enrol, Match match, Secret candidate, Print print) implements Letter {
    static Accepted of(int hello, boolean enrol, Match match, Secret candidate) {
      return new Accepted(hello, enrol, match, candidate,
          Print.of(2, hello, enrol ? 1 : 0, match.ownIndex(), match.proofIndex(), Symbols.number(candidate)));
    }
  }

  /** A refusing reply. */
  record Refused(int hello, Status status, long attempt, Print print) implements Letter {
    static Refused of(int hello, Status status, long attempt) {
      return new Refused(hello, status, attempt, Print.of(3, hello, status.code(), attempt));
    }
  }

  /** The first record of the agent in the session of this candidate. */
  record Confirm(Secret candidate, long attempt, Print print) implements Letter {
    static Confirm of(Secret candidate, long attempt) {
      return new Confirm(candidate, attempt, Print.of(4, Symbols.number(candidate), attempt));
    }
  }

  /** The first record of the server in the session of this candidate. */
  record Rolled(Secret candidate, long attempt, Print print) implements Letter {
    static Rolled of(Secret candidate, long attempt) {
      return new Rolled(candidate, attempt, Print.of(5, Symbols.number(candidate), attempt));
    }
  }
}
