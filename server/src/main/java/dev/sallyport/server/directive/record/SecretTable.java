package dev.sallyport.server.directive.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code directive_secret}, within one transaction: secret parameters, sealed, of directives that have not ended. */
public final class SecretTable {
  private final JdbcClient sql;

  public SecretTable(JdbcClient sql) {
    this.sql = sql;
  }

  /** Stores one. */
  public void insert(String directive, String name, byte[] sealed) {
    sql.sql("INSERT INTO directive_secret (directive, name, sealed) VALUES (?, ?, ?)").params(directive, name, sealed)
        .update();
  }

  /** Those of a directive, sealed, by parameter. */
  public Map<String, byte[]> of(String directive) {
    var sealed = new HashMap<String, byte[]>();
    sql.sql("SELECT name, sealed FROM directive_secret WHERE directive = ?").param(directive).query(row -> {
      sealed.put(row.getString("name"), row.getBytes("sealed"));
    });
    return sealed;
  }

  /** Directives that have ended and whose secrets are still here. */
  public List<String> ended() {
    return sql.sql("""
        SELECT DISTINCT s.directive FROM directive_secret s JOIN directive d ON d.id = s.directive
        WHERE d.open_runs = 0""").query((row, _) -> row.getString("directive")).list();
  }

  /** Deletes those of a directive. */
  public void delete(String directive) {
    sql.sql("DELETE FROM directive_secret WHERE directive = ?").param(directive).update();
  }
}
