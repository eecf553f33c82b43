package dev.sallyport.agent.link;

import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.rolling.RollEvent;

/** What a refusal means for the person who looks after the machine, and what to do about it. */
public final class Advice {
  private Advice() {
  }

  /** Continues a sentence that begins with the server's address. */
  public static String of(FailCode code) {
    return switch (code) {
      case BAD_VERSION -> "does not speak this agent's protocol; bring agent and server to the same version";
      case BUSY -> "is busy; the agent tries again by itself";
      case AUTH_FAILED ->
        "does not know this machine, or has another key than at enrolment; if the machine was removed or the server set"
            + " up anew, enrol this machine again";
      case UNKNOWN_CID -> "has forgotten the session; the agent tries again by itself";
      case MALFORMED -> "could not read this agent's greeting; something between may change what passes through";
    };
  }

  /** A sentence of its own: what has become of this machine's secret. */
  public static String of(RollEvent event) {
    return switch (event) {
      case RollEvent.Resync _ ->
        "this machine or the server was restored from a backup, or a copy of this machine has called in its place: they met at an"
            + " older secret and go on with a new one; an operator can see in the console which it was";
      case RollEvent.NoCommonSecret _ -> "this machine and the server share no secret any more";
      case RollEvent.AttemptRollback _ ->
        "the server has seen later contacts of this machine than it remembers itself: it was restored from a backup, its clock was"
            + " set back, or there is a copy of it";
    };
  }

  /** Continues a sentence that begins with the server's address. */
  public static String of(Status status) {
    return switch (status) {
      case OK -> "accepted";
      case ATTEMPT_STALE ->
        "has seen a later contact of this machine; is there a copy of it, or was it restored from a backup?";
      case NO_COMMON_SECRET ->
        "shares no secret with this machine any more: it was restored from too old a backup, or a copy of it goes on"
            + " in its place; an operator can let it in again in the console";
      case QUARANTINED -> "holds this machine back until an operator has looked at it in the console";
      case REVOKED -> "has dismissed this machine; it takes no more orders and asks again once a day";
      case TOKEN_EXPIRED ->
        "refused the enrolment: its token has expired; make a new one in the console and paste the new line";
      case TOKEN_EXHAUSTED ->
        "refused the enrolment: its token has been used as often as it may; make a new one in the console";
      case UPGRADE_REQUIRED -> "needs a newer agent on this machine; install it";
      case OTHER_NODE -> "has handed this machine to another of its nodes; the agent tries the next address";
      case CLOCK -> "finds this machine's clock far ahead; set it right";
    };
  }
}
