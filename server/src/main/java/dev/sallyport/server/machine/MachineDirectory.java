package dev.sallyport.server.machine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;

import dev.sallyport.gateway.AgentDirectory;
import dev.sallyport.gateway.EnrolAnswer;
import dev.sallyport.gateway.EnrolAnswer.Denied;
import dev.sallyport.gateway.EnrolAnswer.Granted;
import dev.sallyport.gateway.EnrolCommand;
import dev.sallyport.gateway.EnrolmentToken;
import dev.sallyport.gateway.KnownAgent;
import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.gateway.RefusedAttempt;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.enrol.EnrolGrant;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.audit.Audit;
import dev.sallyport.server.audit.AuditEvent;
import dev.sallyport.server.audit.AuditEvent.Actor;
import dev.sallyport.server.site.Approval;
import dev.sallyport.server.site.EnrolmentTokens;
import dev.sallyport.server.site.SiteConnections;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.Vault;
import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.rolling.RollEvent;
import dev.sallyport.session.rolling.ServerSecrets;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers the gateway: who holds this key, what this token is worth; and stores what the handshake decides. */
public final class MachineDirectory implements AgentDirectory {
  private static final Set<ReplyFlag> NOT_APPROVED = Set.of(ReplyFlag.PENDING_APPROVAL);

  private final Store store;
  private final Vault vault;
  private final EnrolmentTokens tokens;
  private final SiteConnections connections;
  private final LinkIncidents incidents;
  private final InstantSource clock;
  private final Audit audit;

  public MachineDirectory(Store store, Vault vault, EnrolmentTokens tokens, SiteConnections connections,
      LinkIncidents incidents, InstantSource clock, Audit audit) {
    this.store = store;
    this.vault = vault;
    this.tokens = tokens;
    this.connections = connections;
    this.incidents = incidents;
    this.clock = clock;
    this.audit = audit;
  }

  @Override
  public KnownAgent find(byte[] agentStatic) {
    return store
        .read(sql -> new MachineTable(sql).findByKey(agentStatic).<KnownAgent>map(machine -> switch (machine.state()) {
          case PENDING ->
            new KnownAgent.Admitted(machine.id(), new SecretTable(sql, vault).find(machine.id()), NOT_APPROVED);
          case ACTIVE ->
            new KnownAgent.Admitted(machine.id(), new SecretTable(sql, vault).find(machine.id()), Set.of());
          case QUARANTINED -> new KnownAgent.Quarantined(machine.id());
          case REVOKED -> new KnownAgent.Revoked(machine.id());
        }).orElseGet(KnownAgent.Stranger::new));
  }

  @Override
  public EnrolmentToken findToken(byte[] tokenId, byte[] agentStatic) {
    String id = Bytes.of(tokenId).hex();
    return store.read(sql -> tokens.find(sql, id).map(token -> {
      Set<ReplyFlag> flags = token.approval() == Approval.MANUAL ? NOT_APPROVED : Set.of();
      var live = new EnrolmentToken.Live(token.secret(), remote -> token.allows(MachineText.address(remote)), flags);
      if (new MachineTable(sql).findByKey(agentStatic).filter(machine -> machine.token().equals(id)).isPresent()) {
        return live;
      }
      if (!clock.instant().isBefore(token.expires())) {
        return new EnrolmentToken.Expired(token.secret());
      }
      return token.used() < token.maxUses() ? live : new EnrolmentToken.Exhausted(token.secret());
    }).orElseGet(EnrolmentToken.Absent::new));
  }

  @Override
  public boolean raiseFloor(String agentId, ServerSecrets expected, long attempt) {
    return store.write(sql -> new SecretTable(sql, vault).raiseFloor(agentId, expected, attempt));
  }

  @Override
  public boolean commit(String agentId, long attempt, ServerSecrets next) {
    return store.write(sql -> new SecretTable(sql, vault).commit(agentId, attempt, next));
  }

  /**
   * A machine is its static key. The same key with the same token is the same machine once more, whose first answer was lost; with another
   * token it is refused, for a token must not replace what the rolling secret guards. A known <em>name</em> means nothing: a second machine
   * of a name is a new machine that inherits neither data nor rights (incident T15).
   */
  @Override
  public EnrolAnswer enrol(EnrolCommand command) {
    String id = UUID.randomUUID().toString();
    EnrolAnswer answer = decide(id, command);
    if (answer instanceof Granted(EnrolGrant grant)) {
      audit.record(AuditEvent.of("machine.enrolled").by(Actor.at(MachineText.address(command.remote())))
          .in(grant.site()).on(grant.agentId()).to(command.tokenId().hex())
          .details(
              JsonObject.builder().put("name", PlainText.clean(command.request().hostname(), MachineText.MAX_LENGTH))
                  .put("again", !grant.agentId().equals(id)).build()));
    }
    return answer;
  }

  private EnrolAnswer decide(String id, EnrolCommand command) {
    return store.write(sql -> {
      String token = command.tokenId().hex();
      Machine known = new MachineTable(sql).findByKey(command.agentStatic().toArray()).orElse(null);
      if (known == null) {
        return admit(sql, id, token, command);
      }
      return switch (known.state()) {
        case PENDING, ACTIVE ->
          known.token().equals(token) ? repeat(sql, known, command) : new Denied(RefusalReason.BAD_TOKEN);
        case QUARANTINED -> new Denied(RefusalReason.QUARANTINED);
        case REVOKED -> new Denied(RefusalReason.REVOKED);
      };
    });
  }

  @Override
  public void report(String agentId, RollEvent event) {
    incidents.report(agentId, event);
  }

  @Override
  public void refused(RefusedAttempt attempt) {
    incidents.refused(attempt);
  }

  private EnrolAnswer admit(JdbcClient sql, String id, String tokenId, EnrolCommand command) {
    Instant now = clock.instant();
    var token = tokens.find(sql, tokenId).orElse(null);
    if (token == null || !token.allows(MachineText.address(command.remote()))) {
      return new Denied(RefusalReason.BAD_TOKEN);
    }
    if (!tokens.use(sql, tokenId, now)) {
      return new Denied(now.isBefore(token.expires()) ? RefusalReason.TOKEN_EXHAUSTED : RefusalReason.TOKEN_EXPIRED);
    }
    MachineState state = token.approval() == Approval.MANUAL ? MachineState.PENDING : MachineState.ACTIVE;
    new MachineTable(sql).insert(id, token.site(), state, tokenId, command.agentStatic(), command.request(),
        command.remote(), now);
    new SecretTable(sql, vault).insert(id, command.secrets());
    return granted(id, token.site());
  }

  private EnrolAnswer repeat(JdbcClient sql, Machine machine, EnrolCommand command) {
    return new SecretTable(sql, vault).restart(machine.id(), command.secrets())
        ? granted(machine.id(), machine.site())
        : new Denied(RefusalReason.ATTEMPT_STALE);
  }

  private EnrolAnswer granted(String machine, String site) {
    return new Granted(new EnrolGrant(machine, site, connections.of(site).policy()));
  }
}
