package dev.sallyport.server.directive.record;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes what is old, within one transaction and a bounded piece at a time. A directive's id begins with the time it was made (UUID version
 * 7), so what is old is found by its id.
 */
public final class Retention {
  /** Directives of which one transaction deletes something. */
  static final int BATCH = 50;

  private final JdbcClient sql;

  public Retention(JdbcClient sql) {
    this.sql = sql;
  }

  /** Deletes output of directives that were given before then; true if there may be more. */
  public boolean dropOutput(Instant before) {
    List<String> old = sql.sql("""
        SELECT DISTINCT run_output.directive FROM run_output JOIN directive ON directive.id = run_output.directive
        WHERE run_output.directive < ? AND open_runs = 0 ORDER BY 1 LIMIT ?""").params(firstId(before), BATCH)
        .query((row, _) -> row.getString(1)).list();
    delete("DELETE FROM run_output WHERE directive IN (:ids)", old);
    return old.size() == BATCH;
  }

  /** Deletes directives that were given before then and have ended, with all that belongs to them; true if there may be more. */
  public boolean dropDirectives(Instant before) {
    List<String> old = sql.sql("SELECT id FROM directive WHERE id < ? AND open_runs = 0 ORDER BY id LIMIT ?")
        .params(firstId(before), BATCH).query((row, _) -> row.getString(1)).list();
    delete("DELETE FROM run_output WHERE directive IN (:ids)", old);
    delete("DELETE FROM run WHERE directive IN (:ids)", old);
    delete("DELETE FROM directive WHERE id IN (:ids)", old);
    return old.size() == BATCH;
  }

  private void delete(String statement, List<String> ids) {
    if (!ids.isEmpty()) {
      sql.sql(statement).param("ids", ids).update();
    }
  }

  /** What the ids of that millisecond begin with, which is before all of them. */
  private static String firstId(Instant time) {
    String hex = HexFormat.of().toHexDigits(time.toEpochMilli(), 12);
    return hex.substring(0, 8) + '-' + hex.substring(8);
  }
}
