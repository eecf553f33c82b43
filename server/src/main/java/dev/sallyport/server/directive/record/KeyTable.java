package dev.sallyport.server.directive.record;

import java.util.Optional;

import dev.sallyport.protocol.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code directive_key}, within one transaction. */
public final class KeyTable {
  private final JdbcClient sql;

  public KeyTable(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * What a key was used for.
   *
   * @param fingerprint of the order it came with
   * @param directive the id of what became of it
   */
  public record Used(Bytes fingerprint, String directive) {}

  /** What this giver used the key for, if it did. */
  public Optional<Used> find(String giver, String name) {
    return sql.sql("SELECT fingerprint, directive FROM directive_key WHERE giver = ? AND name = ?").params(giver, name)
        .query((row, _) -> new Used(Bytes.of(row.getBytes("fingerprint")), row.getString("directive"))).optional();
  }

  /** Keeps a key that this giver has not used. */
  public void insert(String giver, String name, Used used) {
    sql.sql("INSERT INTO directive_key (giver, name, fingerprint, directive) VALUES (?, ?, ?, ?)")
        .params(giver, name, used.fingerprint().toArray(), used.directive()).update();
  }
}
