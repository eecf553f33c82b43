package dev.sallyport.server.site;

import java.net.URI;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.protocol.enrol.SignedBundle;
import dev.sallyport.server.store.SealedColumn;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.Vault;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.TokenSecret;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Enrolment tokens: made for an operator, used up by machines (security core, B.2.1).
 *
 * <p>The secret in a bundle is 256 random bits; the server keeps only what is derived from it, sealed by the vault, so that neither
 * its database nor knowledge of names and ids lets anybody in (incidents T3, T27).
 */
public final class EnrolmentTokens {
  private static final String COLUMNS = "id, site, secret, created, created_by, expires, max_uses, used, approval, networks";
  private static final String SECRET = "enrolment_token.secret";

  private final Store store;
  private final Vault vault;
  private final Sites sites;
  private final BundleSource source;
  private final InstantSource clock;
  private final SecureRandom random;

  public EnrolmentTokens(Store store, Vault vault, Sites sites, BundleSource source, InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.vault = vault;
    this.sites = sites;
    this.source = source;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A token that was made just now. The bundle holds its secret and cannot be made again.
   *
   * @param id 32 hexadecimal digits
   */
  public record Issued(String id, SignedBundle bundle, Instant expires) {}

  /** Makes a token for the first site and the bundle that carries it. */
  public Issued issue(TokenTerms terms, String operator) {
    byte[] id = random(EnrolToken.ID_BYTES);
    byte[] secret = random(EnrolToken.SECRET_BYTES);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant expires = now.plus(terms.lifetime()).truncatedTo(ChronoUnit.SECONDS);
    try (var token = new EnrolToken(Bytes.of(id), secret)) {
      List<URI> servers = terms.servers().isEmpty() ? source.servers() : terms.servers();
      EnrolBundle bundle = EnrolBundle.of(sites.first().id(), servers, source.serverKeys(), token, expires)
          .withTlsPins(source.tlsPins());
      SignedBundle signed = SignedBundle.sign(bundle, source.installerKey());
      String name = token.id().hex();
      byte[] sealed = seal(name, secret);
      store.write(sql -> insert(sql, name, sealed, now, operator, expires, terms));
      return new Issued(name, signed, expires);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** The token of this id, whether it can still be used or not. */
  public Optional<EnrolmentToken> find(Bytes id) {
    return store.read(sql -> find(sql, id.hex()));
  }

  /** As above, within a unit of work. */
  public Optional<EnrolmentToken> find(JdbcClient sql, String id) {
    return sql.sql("SELECT " + COLUMNS + " FROM enrolment_token WHERE id = ?").param(id).query(this::token).optional();
  }

  /** Uses the token for one machine, within a unit of work; false if its time or its uses are over. */
  public boolean use(JdbcClient sql, String id, Instant now) {
    return sql.sql("UPDATE enrolment_token SET used = used + 1 WHERE id = ? AND used < max_uses AND expires > ?")
        .params(id, now.toEpochMilli()).update() == 1;
  }

  private int insert(JdbcClient sql, String id, byte[] sealed, Instant now, String operator, Instant expires,
      TokenTerms terms) {
    String networks = String.join(" ", terms.networks().stream().map(Network::text).toList());
    return sql.sql("INSERT INTO enrolment_token (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)")
        .params(id, sites.first().id(), sealed, now.toEpochMilli(), operator, expires.toEpochMilli(), terms.maxUses(),
            terms.approval().word(), networks)
        .update();
  }

  private byte[] seal(String id, byte[] secret) {
    Secret derived = TokenSecret.derive(secret);
    byte[] bytes = derived.bytes();
    try {
      return vault.seal(bytes, new SealedColumn(id, 0, SECRET));
    } finally {
      Arrays.fill(bytes, (byte) 0);
      derived.wipe();
    }
  }

  private EnrolmentToken token(ResultSet row, int number) throws SQLException {
    String id = row.getString("id");
    byte[] secret = vault.open(row.getBytes("secret"), new SealedColumn(id, 0, SECRET));
    try {
      return new EnrolmentToken(id, row.getString("site"), Secret.of(secret),
          Instant.ofEpochMilli(row.getLong("expires")),
          row.getInt("max_uses"), row.getInt("used"), Approval.ofWord(row.getString("approval")),
          networks(row.getString("networks")));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static List<Network> networks(String stored) {
    return stored.isEmpty() ? List.of() : Arrays.stream(stored.split(" ")).map(Network::new).toList();
  }

  private byte[] random(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return drawn;
  }
}
