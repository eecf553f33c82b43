package dev.sallyport.session.stream;

import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.Frame;

/**
 * What is said outside streams: who may say which word, and when. CONFIRM and ROLLED open the session, and each stands
 * first; under the new keys of a rehandshake they come again, see {@link KeyRing}. Guarded by the session's lock.
 */
final class Words {
  private final SessionState state;
  private final Role role;
  private boolean confirmSaid;

  Words(SessionState state, Role role) {
    this.state = state;
    this.role = role;
  }

  /** Refuses what the peer may not send in this phase. */
  void requireAdmitted(Frame frame) {
    boolean admitted = switch (state.phase()) {
      case EXPECTING -> frame instanceof Frame.GoAway
          || (frame instanceof Frame.Control word && word.verb() == firstVerbOf(role.peer()));
      case CONFIRMING -> switch (frame) {
        case Frame.Pad _,Frame.Ping _,Frame.Pong _,Frame.Ack _,Frame.Rekey _,Frame.GoAway _,Frame.Unknown _ -> true;
        case Frame.Control _,Frame.Open _,Frame.Data _,Frame.Credit _,Frame.Reset _,Frame.Rehs1 _,Frame.Rehs2 _ ->
          false;
      };
      case ESTABLISHED, DRAINING, CLOSING, CLOSED -> true;
    };
    if (!admitted) {
      throw PeerViolation.protocol("not before the session is established: " + frame.getClass().getSimpleName());
    }
  }

  /**
   * Whether anything may be sent now. The first frame of an agent is CONFIRM, of a server ROLLED; what comes up before, a
   * PONG say, waits behind it.
   */
  boolean maySend() {
    return switch (role) {
      case AGENT -> confirmSaid || state.phase().over();
      case SERVER -> state.phase().compareTo(Phase.ESTABLISHED) >= 0;
    };
  }

  /** The peer said a word. */
  void hear(Frame.Control word) {
    ControlVerb verb = word.verb();
    if (!role.peer().says(verb)) {
      throw PeerViolation.protocol(verb + " is not for the " + role.peer() + " to say");
    }
    switch (verb) {
      case CONFIRM, ROLLED -> {
        if (state.phase() != Phase.EXPECTING) {
          throw PeerViolation.protocol("a second " + verb);
        }
        state.moveTo(role == Role.SERVER ? Phase.CONFIRMING : Phase.ESTABLISHED);
      }
      case SWITCH -> {
        if (word.body().length > 0) {
          throw PeerViolation.protocol("SWITCH with a body");
        }
        state.keys.switchIn();
      }
      case TLSINFO, REKEY_ID, CHECKPOINT, CLOCK -> {
      }
    }
  }

  /** We say a word. */
  void say(Frame.Control word) {
    ControlVerb verb = word.verb();
    switch (verb) {
      case CONFIRM -> {
        require(role == Role.AGENT && !confirmSaid, verb);
        confirmSaid = true;
        state.queue.first(word);
      }
      case ROLLED -> {
        require(role == Role.SERVER && state.phase() != Phase.EXPECTING, verb);
        if (state.phase() == Phase.CONFIRMING) {
          state.moveTo(Phase.ESTABLISHED);
          state.queue.first(word);
        } else {
          state.keys.roll(word);
          state.queue.touch();
        }
      }
      case SWITCH -> require(false, verb);
      case TLSINFO, REKEY_ID, CHECKPOINT, CLOCK -> {
        require(role.says(verb) && state.phase().streaming(), verb);
        state.queue.control(word);
      }
    }
  }

  private static ControlVerb firstVerbOf(Role role) {
    return role == Role.AGENT ? ControlVerb.CONFIRM : ControlVerb.ROLLED;
  }

  private void require(boolean holds, ControlVerb verb) {
    if (!holds) {
      throw new IllegalStateException("the " + role + " cannot say " + verb + " while " + state.phase());
    }
  }
}
