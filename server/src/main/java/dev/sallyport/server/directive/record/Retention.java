package dev.sallyport.server.directive.record;

import java.time.Instant;
import java.util.HexFormat;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes what is old, within one transaction and a bounded piece at a time. A directive's id begins with the time it was made (UUID version
 * 7), so what is old is found by its id.
 */
public final class Retention {
  /** Rows that one transaction deletes of each table, so that the writer stays free for others: 32 MiB of output at most. */
  static final int BATCH = 500;

  private final JdbcClient sql;

  public Retention(JdbcClient sql) {
    this.sql = sql;
  }

  /** Deletes output of directives that were given before then and have ended; true if there may be more. */
  public boolean dropOutput(Instant before) {
    return delete("""
        DELETE FROM run_output WHERE (directive, machine, position) IN (
          SELECT o.directive, o.machine, o.position FROM run_output o JOIN directive d ON d.id = o.directive
          WHERE o.directive < ? AND d.open_runs = 0 ORDER BY o.directive, o.machine, o.position LIMIT ?)""", before);
  }

  /** Deletes directives that were given before then and have ended, with all that belongs to them; true if there may be more. */
  public boolean dropDirectives(Instant before) {
    return dropOutput(before) || delete("""
        DELETE FROM run_note WHERE (directive, machine, step) IN (
          SELECT n.directive, n.machine, n.step FROM run_note n JOIN directive d ON d.id = n.directive
          WHERE n.directive < ? AND d.open_runs = 0 ORDER BY n.directive, n.machine, n.step LIMIT ?)""", before)
        || delete("""
            DELETE FROM run WHERE (directive, machine) IN (
              SELECT r.directive, r.machine FROM run r JOIN directive d ON d.id = r.directive
              WHERE r.directive < ? AND d.open_runs = 0 ORDER BY r.directive, r.machine LIMIT ?)""", before)
        || delete("""
            DELETE FROM directive_key WHERE directive IN (
              SELECT id FROM directive WHERE id < ? AND open_runs = 0 ORDER BY id LIMIT ?)""", before) || delete("""
            DELETE FROM directive WHERE id IN (
              SELECT id FROM directive WHERE id < ? AND open_runs = 0 ORDER BY id LIMIT ?)""", before);
  }

  private boolean delete(String statement, Instant before) {
    return sql.sql(statement).params(firstId(before), BATCH).update() == BATCH;
  }

  /** What the ids of that millisecond begin with, which is before all of them. */
  private static String firstId(Instant time) {
    String hex = HexFormat.of().toHexDigits(time.toEpochMilli(), 12);
    return hex.substring(0, 8) + '-' + hex.substring(8);
  }
}
