package dev.sallyport.gateway.handshake;

import java.util.Optional;

import dev.sallyport.gateway.KnownAgent;
import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.session.handshake.HelloKind;
import dev.sallyport.session.handshake.Reply;
import dev.sallyport.session.handshake.ReplyPayload;
import dev.sallyport.session.handshake.ServerHandshake;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.rolling.ServerEffect;
import dev.sallyport.session.rolling.ServerState;
import dev.sallyport.session.rolling.Step;

/** Answers the HELLO of an agent that should be known, by the rules of the rolling secret. */
final class AgentGreeter {
  /** How often a HELLO is judged anew because another node changed the row meanwhile. */
  private static final int MAX_RACES = 3;

  private final HandshakeServices services;
  private final PendingHandshakes pending;
  private final Answers answers;

  AgentGreeter(HandshakeServices services, PendingHandshakes pending, Answers answers) {
    this.services = services;
    this.pending = pending;
    this.answers = answers;
  }

  /** Under the key's lock. A stranger is turned away before the expensive half of the arithmetic. */
  Greeting greet(ServerHandshake.Caller sender, Bytes agentStatic, HelloKind expected, Dossier dossier)
      throws RefusalException, InterruptedException {
    KnownAgent known = services.directory().find(agentStatic.toArray());
    if (known instanceof KnownAgent.Stranger) {
      throw Answers.notAuthenticated(RefusalReason.UNKNOWN_KEY);
    }
    try (ServerHandshake handshake = services.admission().permits().next(sender::open)) {
      dossier.attempt(handshake.payload().attempt());
      if (handshake.payload().kind() != expected) {
        throw Answers.notAuthenticated(RefusalReason.MALFORMED);
      }
      for (int race = 0; race < MAX_RACES; race++) {
        Optional<Greeting> greeting = judge(handshake, agentStatic, known, dossier.caller());
        if (greeting.isPresent()) {
          return greeting.get();
        }
        known = services.directory().find(agentStatic.toArray());
      }
      throw answers.busy(RefusalReason.BUSY);
    }
  }

  /** Empty if the row changed under us. */
  private Optional<Greeting> judge(ServerHandshake handshake, Bytes agentStatic, KnownAgent known, Caller caller)
      throws RefusalException, InterruptedException {
    long attempt = handshake.payload().attempt();
    return switch (known) {
      case KnownAgent.Stranger _ -> throw Answers.notAuthenticated(RefusalReason.UNKNOWN_KEY);
      case KnownAgent.Quarantined _ -> throw answers.refusal(handshake, Status.QUARANTINED, attempt);
      case KnownAgent.Revoked _ -> throw answers.refusal(handshake, Status.REVOKED, attempt);
      case KnownAgent.Admitted agent -> judge(handshake, agentStatic, agent, caller);
    };
  }

  private Optional<Greeting> judge(ServerHandshake handshake, Bytes agentStatic, KnownAgent.Admitted agent,
      Caller caller)
      throws RefusalException, InterruptedException {
    Step<ServerState, ServerEffect> step = services.roll().onHello(ServerState.restored(agent.secrets()),
        handshake.payload().attempt(), handshake::match, services.time().now().toEpochMilli());
    for (ServerEffect effect : step.effects()) {
      switch (effect) {
        case ServerEffect.RaiseFloor floor -> {
          if (!services.directory().raiseFloor(agent.agentId(), floor.expected(), floor.attempt())) {
            return Optional.empty();
          }
          pending.supersede(agentStatic);
        }
        case ServerEffect.Report report -> services.directory().report(agent.agentId(), report.event());
        case ServerEffect.Refuse refuse -> throw answers.refusal(handshake, refuse.status(), refuse.attempt());
        case ServerEffect.Accept accept -> {
          Reply reply = accept(handshake, agent, accept);
          PendingHandshake made = new PendingHandshake.Roll(agentStatic, accept.attempt(), caller, agent.agentId(),
              step.state(), reply.candidate());
          pending.put(made);
          return Optional.of(new Greeting.Accepted(reply.message(), reply.keys(), made));
        }
        case ServerEffect.Commit _,ServerEffect.SendRolled _ -> throw new IllegalStateException("no HELLO commits");
      }
    }
    throw new IllegalStateException("a HELLO is either accepted or refused");
  }

  private Reply accept(ServerHandshake handshake, KnownAgent.Admitted agent, ServerEffect.Accept accept)
      throws InterruptedException {
    ReplyPayload payload = answers.accepted(agent.flags(), accept.rollbackSuspected(), accept.attempt(),
        accept.secret().epoch());
    return services.admission().permits().next(() -> handshake.accept(accept.secret().secret(),
        accept.match().proofIndex(), payload, services.random()));
  }
}
