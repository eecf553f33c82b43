package dev.sallyport.server.access.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

import dev.sallyport.protocol.Base64Url;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.access.account.Accounts;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.SecretText;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One-time links with which somebody chooses an account's password. An account has one at most: a new one takes the place of the old. The
 * database holds only its hash.
 */
public final class Invitations {
  /** How long a link can be used. */
  public static final Duration LIFETIME = Duration.ofDays(3);
  private static final int SECRET_BYTES = 32;

  private final Store store;
  private final Accounts accounts;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public Invitations(Store store, Accounts accounts, InstantSource clock) {
    this.store = store;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** A link's secret, which is not kept, and its end. */
  record Made(String secret, Instant expires) {
    @Override
    public String toString() {
      return "Made[" + expires + "]";
    }
  }

  /** Makes one, within the unit of work that makes the account or by itself. */
  Made make(JdbcClient sql, String account, String by) {
    byte[] drawn = new byte[SECRET_BYTES];
    random.nextBytes(drawn);
    String secret = Base64Url.encode(drawn);
    Arrays.fill(drawn, (byte) 0);
    Instant expires = Instant.ofEpochMilli(clock.millis()).plus(LIFETIME);
    sql.sql("""
        INSERT INTO invitation (account, secret_hash, expires, by_name) VALUES (?, ?, ?, ?)
        ON CONFLICT (account) DO UPDATE SET secret_hash = excluded.secret_hash, expires = excluded.expires,
        by_name = excluded.by_name""")
        .params(account, sha256(secret.getBytes(StandardCharsets.US_ASCII)), expires.toEpochMilli(), by).update();
    return new Made(secret, expires);
  }

  /** The account whose password may be chosen with this secret now. */
  Optional<Account> find(SecretText secret) {
    byte[] hash = sha256(secret.utf8());
    return store.<Optional<String>>read(sql -> sql
        .sql("SELECT account FROM invitation WHERE secret_hash = ? AND expires > ?").params(hash, clock.millis())
        .query(String.class).optional()).flatMap(accounts::find).filter(Account::enabled);
  }

  /** Uses it up and stores the password's hash; false if somebody was faster. */
  boolean use(SecretText secret, String account, String passwordHash) {
    byte[] hash = sha256(secret.utf8());
    return store.write(sql -> {
      boolean used = sql.sql("DELETE FROM invitation WHERE secret_hash = ? AND account = ? AND expires > ?")
          .params(hash, account, clock.millis()).update() == 1;
      if (used) {
        Accounts.setPassword(sql, account, passwordHash);
      }
      return used;
    });
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
