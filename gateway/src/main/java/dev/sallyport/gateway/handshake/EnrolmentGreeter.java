package dev.sallyport.gateway.handshake;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.sallyport.gateway.EnrolmentToken;
import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.session.handshake.HelloKind;
import dev.sallyport.session.handshake.Match;
import dev.sallyport.session.handshake.Reply;
import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.handshake.ReplyPayload;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.ServerHandshake;
import dev.sallyport.session.handshake.Status;

/** Answers the HELLO of a machine with an enrolment token (B.2.2). */
final class EnrolmentGreeter {
  private final HandshakeServices services;
  private final PendingHandshakes pending;
  private final Answers answers;

  EnrolmentGreeter(HandshakeServices services, PendingHandshakes pending, Answers answers) {
    this.services = services;
    this.pending = pending;
    this.answers = answers;
  }

  /** Under the key's lock. */
  Greeting greet(ServerHandshake.Caller sender, Bytes agentStatic, Bytes tokenId, Dossier dossier)
      throws RefusalException, InterruptedException {
    if (services.admission().tokenLocked(tokenId)) {
      throw Answers.notAuthenticated(RefusalReason.TOKEN_LOCKED);
    }
    EnrolmentToken token = services.directory().findToken(tokenId.toArray(), agentStatic.toArray());
    if (token instanceof EnrolmentToken.Absent) {
      throw Answers.notAuthenticated(RefusalReason.BAD_TOKEN);
    }
    try (ServerHandshake handshake = services.admission().permits().next(sender::open)) {
      dossier.attempt(handshake.payload().attempt());
      if (handshake.payload().kind() != HelloKind.ENROLL) {
        throw Answers.notAuthenticated(RefusalReason.MALFORMED);
      }
      return switch (token) {
        case EnrolmentToken.Absent _ -> throw Answers.notAuthenticated(RefusalReason.BAD_TOKEN);
        case EnrolmentToken.Expired expired -> throw ended(handshake, tokenId, expired.secret(), Status.TOKEN_EXPIRED);
        case EnrolmentToken.Exhausted used -> throw ended(handshake, tokenId, used.secret(), Status.TOKEN_EXHAUSTED);
        case EnrolmentToken.Live live -> live(handshake, agentStatic, tokenId, live, dossier.caller());
      };
    }
  }

  private RefusalException ended(ServerHandshake handshake, Bytes tokenId, Secret secret, Status status)
      throws RefusalException, InterruptedException {
    proof(handshake, tokenId, secret);
    return answers.refusal(handshake, status, handshake.payload().attempt());
  }

  private Greeting live(ServerHandshake handshake, Bytes agentStatic, Bytes tokenId, EnrolmentToken.Live token,
      Caller caller) throws RefusalException, InterruptedException {
    int proofIndex = proof(handshake, tokenId, token.secret());
    if (!token.from().test(caller.remote())) {
      throw Answers.notAuthenticated(RefusalReason.BAD_TOKEN);
    }
    long attempt = handshake.payload().attempt();
    PendingHandshake old = pending.find(agentStatic);
    if (old != null && attempt <= old.attempt()) { // a replay must not make the genuine attempt void
      throw answers.refusal(handshake, Status.ATTEMPT_STALE, old.attempt());
    }
    pending.supersede(agentStatic);
    Reply reply = accept(handshake, token.secret(), proofIndex, token.flags());
    PendingHandshake made = new PendingHandshake.Enrolment(agentStatic, attempt, caller, tokenId, reply.candidate(),
        Bytes.of(reply.keys().handshakeHash()));
    pending.put(made);
    return new Greeting.Accepted(reply.message(), reply.keys(), made);
  }

  /** Which of the sender's proofs shows that it knows the token's secret; guessing locks the token. */
  private int proof(ServerHandshake handshake, Bytes tokenId, Secret secret) throws RefusalException {
    Optional<Match> match = handshake.match(List.of(secret));
    if (match.isEmpty()) {
      boolean locked = services.admission().tokenFailed(tokenId);
      throw Answers.notAuthenticated(locked ? RefusalReason.TOKEN_LOCKED : RefusalReason.BAD_TOKEN);
    }
    return match.get().proofIndex();
  }

  private Reply accept(ServerHandshake handshake, Secret secret, int proofIndex, Set<ReplyFlag> flags)
      throws InterruptedException {
    ReplyPayload payload = answers.accepted(flags, false, handshake.payload().attempt(), 0);
    return services.admission().permits()
        .next(() -> handshake.accept(secret, proofIndex, payload, services.random()));
  }
}
