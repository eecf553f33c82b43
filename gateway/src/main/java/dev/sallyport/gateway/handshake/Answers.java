package dev.sallyport.gateway.handshake;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.protocol.message.Fail;
import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.handshake.ReplyPayload;
import dev.sallyport.session.handshake.ServerHandshake;
import dev.sallyport.session.handshake.SessionTerms;
import dev.sallyport.session.handshake.Status;

/** Words the answers to HELLOs (B.9). */
final class Answers {
  /** The longest wait an agent is asked for when the server is busy; the shortest is a second. */
  private static final int MAX_BUSY_SECONDS = 10;
  /** How long a dismissed or quarantined agent is asked to stay away. */
  private static final Duration DAILY = Duration.ofDays(1);
  private static final Duration QUARANTINE = Duration.ofMinutes(5);

  private final HandshakeServices services;

  Answers(HandshakeServices services) {
    this.services = services;
  }

  /** The server can do no more now. */
  RefusalException busy(RefusalReason reason) {
    Duration wait = Duration.ofSeconds(1 + services.jitter().nextInt(MAX_BUSY_SECONDS));
    return new RefusalException(reason, new Fail(FailCode.BUSY, wait).bytes());
  }

  /** The single answer to everything that does not authenticate: it tells strangers nothing. */
  static RefusalException notAuthenticated(RefusalReason reason) {
    return new RefusalException(reason, new Fail(FailCode.AUTH_FAILED, Duration.ZERO).bytes());
  }

  static RefusalException failed(FailCode code) {
    return new RefusalException(RefusalReason.MALFORMED, new Fail(code, Duration.ZERO).bytes());
  }

  /** An authenticated no; only whoever holds the agent's key can read it. */
  RefusalException refusal(ServerHandshake handshake, Status status, long attempt) throws InterruptedException {
    ReplyPayload payload = new ReplyPayload(status, Set.of(), 0, services.time().now().toEpochMilli(), attempt, 0,
        SessionTerms.NONE, stayAway(status));
    byte[] message = services.admission().permits().next(() -> handshake.refuse(payload, services.random()));
    return new RefusalException(reason(status), message);
  }

  /** An authenticated yes. */
  ReplyPayload accepted(Set<ReplyFlag> flags, boolean rollbackSuspected, long attempt, long epoch) {
    Set<ReplyFlag> all = new HashSet<>(flags);
    if (rollbackSuspected) {
      all.add(ReplyFlag.ROLLBACK_SUSPECTED);
    }
    return new ReplyPayload(Status.OK, all, 0, services.time().now().toEpochMilli(), attempt, epoch, services.terms(),
        Duration.ZERO);
  }

  private static Duration stayAway(Status status) {
    return switch (status) {
      case REVOKED -> DAILY;
      case QUARANTINED, NO_COMMON_SECRET -> QUARANTINE;
      case OK, ATTEMPT_STALE, TOKEN_EXPIRED, TOKEN_EXHAUSTED, UPGRADE_REQUIRED, OTHER_NODE, CLOCK -> Duration.ZERO;
    };
  }

  private static RefusalReason reason(Status status) {
    return switch (status) {
      case ATTEMPT_STALE -> RefusalReason.ATTEMPT_STALE;
      case NO_COMMON_SECRET -> RefusalReason.NO_COMMON_SECRET;
      case QUARANTINED -> RefusalReason.QUARANTINED;
      case REVOKED -> RefusalReason.REVOKED;
      case TOKEN_EXPIRED -> RefusalReason.TOKEN_EXPIRED;
      case TOKEN_EXHAUSTED -> RefusalReason.TOKEN_EXHAUSTED;
      case CLOCK -> RefusalReason.CLOCK;
      case OK, UPGRADE_REQUIRED, OTHER_NODE -> throw new IllegalArgumentException(status + " is not given here");
    };
  }
}
