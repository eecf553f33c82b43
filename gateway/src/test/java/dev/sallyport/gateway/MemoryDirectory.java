package dev.sallyport.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.enrol.EnrolGrant;
import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.TokenSecret;
import dev.sallyport.session.rolling.EpochSecret;
import dev.sallyport.session.rolling.RollEvent;
import dev.sallyport.session.rolling.ServerSecrets;

/** A directory in memory, as strict as the real one; for tests and benchmarks. */
public final class MemoryDirectory implements AgentDirectory {
  private static final String SITE = "00000000-0000-7000-8000-000000000001";

  private final Map<Bytes, Row> rows = new HashMap<>();
  private final Map<String, Row> byId = new HashMap<>();
  private final Map<Bytes, TokenRow> tokens = new HashMap<>();
  private final BlockingQueue<RefusedAttempt> refusals = new LinkedBlockingQueue<>();
  private final BlockingQueue<RollEvent> reports = new LinkedBlockingQueue<>();
  private boolean broken;

  private static final class Row {
    private final String agentId;
    private ServerSecrets secrets;
    private Bytes token = Bytes.EMPTY;
    private boolean revoked;
    private boolean quarantined;

    Row(String agentId, ServerSecrets secrets) {
      this.agentId = agentId;
      this.secrets = secrets;
    }
  }

  private static final class TokenRow {
    private final Secret secret;
    private int usesLeft;
    private boolean expired;

    TokenRow(Secret secret, int usesLeft) {
      this.secret = secret;
      this.usesLeft = usesLeft;
    }
  }

  /** Makes an agent known without enrolment; returns its id. */
  public synchronized String register(byte[] agentStatic, Secret secret) {
    String agentId = UUID.randomUUID().toString();
    ServerSecrets secrets = new ServerSecrets(List.of(new EpochSecret(0, secret)), 0);
    add(Bytes.of(agentStatic), new Row(agentId, secrets));
    return agentId;
  }

  /** Issues a token. */
  public synchronized void issue(EnrolToken token, int uses) {
    tokens.put(token.id(), new TokenRow(TokenSecret.derive(token.secret()), uses));
  }

  /** Ends a token's time. */
  public synchronized void expire(EnrolToken token) {
    row(token).expired = true;
  }

  private TokenRow row(EnrolToken token) {
    TokenRow row = tokens.get(token.id());
    if (row == null) {
      throw new IllegalArgumentException("no such token");
    }
    return row;
  }

  /** Dismisses an agent. */
  public synchronized void revoke(byte[] agentStatic) {
    row(agentStatic).revoked = true;
  }

  /** Holds an agent back. */
  public synchronized void quarantine(byte[] agentStatic) {
    row(agentStatic).quarantined = true;
  }

  /** From now on, every question ends in an exception, as if the disk were full. */
  public synchronized void breakDown(boolean now) {
    broken = now;
  }

  /** The epoch of an agent's newest secret. */
  public synchronized long epoch(byte[] agentStatic) {
    return row(agentStatic).secrets.list().getFirst().epoch();
  }

  /** How many agents there are. */
  public synchronized int size() {
    return rows.size();
  }

  /** What was refused, in order; a test takes from it. */
  public BlockingQueue<RefusedAttempt> refusals() {
    return refusals;
  }

  /** What was reported, in order; a test takes from it. */
  public BlockingQueue<RollEvent> reports() {
    return reports;
  }

  private Row row(byte[] agentStatic) {
    Row row = rows.get(Bytes.of(agentStatic));
    if (row == null) {
      throw new IllegalArgumentException("no such agent");
    }
    return row;
  }

  private void requireWhole() {
    if (broken) {
      throw new IllegalStateException("the disk is full");
    }
  }

  @Override
  public synchronized KnownAgent find(byte[] agentStatic) {
    requireWhole();
    Row row = rows.get(Bytes.of(agentStatic));
    if (row == null) {
      return new KnownAgent.Stranger();
    }
    if (row.revoked) {
      return new KnownAgent.Revoked(row.agentId);
    }
    return row.quarantined
        ? new KnownAgent.Quarantined(row.agentId)
        : new KnownAgent.Admitted(row.agentId, row.secrets, Set.of());
  }

  @Override
  public synchronized EnrolmentToken findToken(byte[] tokenId, byte[] agentStatic) {
    requireWhole();
    Bytes id = Bytes.of(tokenId);
    TokenRow token = tokens.get(id);
    if (token == null) {
      return new EnrolmentToken.Absent();
    }
    Row known = rows.get(Bytes.of(agentStatic));
    boolean again = known != null && known.token.equals(id);
    if (token.expired && !again) {
      return new EnrolmentToken.Expired(token.secret);
    }
    if (token.usesLeft < 1 && !again) {
      return new EnrolmentToken.Exhausted(token.secret);
    }
    return new EnrolmentToken.Live(token.secret, address -> true, Set.of());
  }

  @Override
  public synchronized boolean raiseFloor(String agentId, ServerSecrets expected, long attempt) {
    requireWhole();
    Row row = byId(agentId);
    boolean same = row.secrets.attemptFloor() == expected.attemptFloor()
        && row.secrets.list().getFirst().epoch() == expected.list().getFirst().epoch();
    if (same) {
      row.secrets = new ServerSecrets(row.secrets.list(), attempt);
    }
    return same;
  }

  @Override
  public synchronized boolean commit(String agentId, long attempt, ServerSecrets next) {
    requireWhole();
    Row row = byId(agentId);
    boolean same = row.secrets.attemptFloor() == attempt;
    if (same) {
      row.secrets = next;
    }
    return same;
  }

  private Row byId(String agentId) {
    Row row = byId.get(agentId);
    if (row == null) {
      throw new IllegalArgumentException("no such agent");
    }
    return row;
  }

  private void add(Bytes agentStatic, Row row) {
    rows.put(agentStatic, row);
    byId.put(row.agentId, row);
  }

  @Override
  public synchronized EnrolAnswer enrol(EnrolCommand command) {
    requireWhole();
    Row row = rows.get(command.agentStatic());
    if (row == null) {
      TokenRow token = tokens.get(command.tokenId());
      if (token == null || token.usesLeft < 1) {
        return new EnrolAnswer.Denied(RefusalReason.TOKEN_EXHAUSTED);
      }
      token.usesLeft--;
      row = new Row(UUID.randomUUID().toString(), command.secrets());
      row.token = command.tokenId();
      add(command.agentStatic(), row);
    } else if (row.secrets.attemptFloor() < command.secrets().attemptFloor()) {
      row.secrets = command.secrets();
    }
    return new EnrolAnswer.Granted(new EnrolGrant(row.agentId, SITE, AgentPolicy.DEFAULT));
  }

  @Override
  public void report(String agentId, RollEvent event) {
    reports.add(event);
  }

  @Override
  public void refused(RefusedAttempt attempt) {
    refusals.add(attempt);
  }
}
