package dev.sallyport.server.access.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.access.account.Accounts;
import dev.sallyport.server.access.grant.Grants;
import dev.sallyport.server.store.Identifiers;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.EventStreams;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of API tokens. */
public final class Tokens {

  /** How long a token works. */
  static final Duration LIFETIME = Duration.ofDays(30);
  /** Tokens of one account at once. */
  static final int MAX_PER_ACCOUNT = 100;

  private static final String COLUMNS = "id, account, label, role, created, expires";

  private final Store store;
  private final Grants grants;
  private final InstantSource clock;
  private final EventStreams streams;

  public Tokens(Store store, Grants grants, InstantSource clock, EventStreams streams) {
    this.store = store;
    this.grants = grants;
    this.clock = clock;
    this.streams = streams;
  }

  /** A new token and its secret, which is not kept. */
  record Created(ApiToken token, String secret) {
    @Override
    public String toString() {
      return token.toString();
    }
  }

  /**
   * Makes a token that may what the role may, but never more than the account.
   *
   * @throws ProblemException 403 if the role is more than the account's own (T10), 409 if there are too many
   */
  Created create(Account account, Role role, String label) {
    if (!role.within(most(account))) {
      throw new ProblemException(
          Problem.forbidden("A token cannot hold more rights than its account.", "Choose a smaller role."));
    }
    Instant now = Instant.ofEpochMilli(clock.millis());
    var token = new ApiToken(Identifiers.next(now.toEpochMilli()), account.id(), label, role, now, now.plus(LIFETIME));
    String secret = TokenSecret.create();
    byte[] hash = TokenSecret.hash(secret).orElseThrow();
    store.write(sql -> {
      sql.sql("DELETE FROM api_token WHERE account = ? AND expires <= ?").params(account.id(), now.toEpochMilli())
          .update();
      long held = sql.sql("SELECT count(*) FROM api_token WHERE account = ?").param(account.id()).query(Long.class)
          .single();
      if (held >= MAX_PER_ACCOUNT) {
        throw new ProblemException(Problem.conflict("too-many-tokens",
            "This account has " + MAX_PER_ACCOUNT + " tokens.", "Revoke one that is no longer used."));
      }
      return sql.sql(
          "INSERT INTO api_token (id, account, secret_hash, label, role, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)")
          .params(token.id(), token.account(), hash, label, role.word(), now.toEpochMilli(),
              token.expires().toEpochMilli())
          .update();
    });
    return new Created(token, secret);
  }

  /** The most a token of this account may be made for: all that the account may, where it may more than by its own role. */
  Role most(Account account) {
    return grants.of(account.id()).isEmpty() ? account.role() : Role.OWNER;
  }

  /** Who comes with this secret now; empty if it is no token, has expired, was revoked, or its account may not act. */
  Optional<Operator> operator(String secret) {
    record Found(ApiToken token, Account account) {}
    Optional<Found> found = TokenSecret.hash(secret).flatMap(hash -> store.read(sql -> find(sql, hash)
        .filter(token -> clock.instant().isBefore(token.expires()))
        .flatMap(token -> Accounts.find(sql, token.account()).filter(Account::enabled)
            .map(account -> new Found(token, account)))));
    return found.map(each -> operator(each.account(), each.token()));
  }

  /** The account's tokens, newest first. */
  List<ApiToken> of(String account) {
    return store
        .read(sql -> sql.sql("SELECT " + COLUMNS + " FROM api_token WHERE account = ? AND expires > ? ORDER BY id DESC")
            .params(account, clock.millis()).query(Tokens::row).list());
  }

  /** Revokes one of the account's tokens, at once, streams included; false if it has none of this identifier. */
  boolean revoke(String account, String id) {
    int gone = store
        .write(sql -> sql.sql("DELETE FROM api_token WHERE id = ? AND account = ?").params(id, account).update());
    streams.close(holder -> holder.credential().equals(id));
    return gone > 0;
  }

  /** Revokes all of an account's tokens, at once. */
  public void revokeAll(String account) {
    store.write(sql -> sql.sql("DELETE FROM api_token WHERE account = ?").param(account).update());
    streams.close(holder -> holder.account().equals(account));
  }

  /** The token's rights are the smaller of what it was made for and what the account may today. */
  private Operator operator(Account account, ApiToken token) {
    Role role = token.role().within(account.role()) ? token.role() : account.role();
    return new Operator(account.id(), account.name(), role, grants.rights(account, token.role()), token.id());
  }

  private static Optional<ApiToken> find(JdbcClient sql, byte[] hash) {
    return sql.sql("SELECT " + COLUMNS + " FROM api_token WHERE secret_hash = ?").param(hash).query(Tokens::row)
        .optional();
  }

  private static ApiToken row(ResultSet r, int i) throws SQLException {
    String role = r.getString("role");
    return new ApiToken(r.getString("id"), r.getString("account"), r.getString("label"),
        Role.ofWord(role).orElseThrow(() -> new IllegalStateException("token with the unknown role " + role)),
        Instant.ofEpochMilli(r.getLong("created")), Instant.ofEpochMilli(r.getLong("expires")));
  }
}
