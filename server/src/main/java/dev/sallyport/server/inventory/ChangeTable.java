package dev.sallyport.server.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code inventory_change}, within one transaction. */
final class ChangeTable {
  /** Changes kept of each machine. */
  static final long MAX_CHANGES = 50_000;
  /** How long changes are kept. */
  static final Duration KEEP = Duration.ofDays(365);
  /** Rows that one transaction deletes at most, so that the writer stays free for others. */
  static final int BATCH = 500;

  private final JdbcClient sql;

  ChangeTable(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * One change of an item.
   *
   * @param before its fields as JSON; null if it was not there
   * @param after likewise; null if it is gone
   */
  record Change(long number, Instant at, String section, String key, @Nullable String before, @Nullable String after) {}

  /** The number of the newest change, or 0. */
  long newest(String machine) {
    return sql.sql("SELECT COALESCE(MAX(number), 0) FROM inventory_change WHERE machine = ?").param(machine)
        .query(Long.class).single();
  }

  void insert(String machine, Change change) {
    sql.sql("""
        INSERT INTO inventory_change (machine, number, at, section, item_key, was, became)
        VALUES (?, ?, ?, ?, ?, ?, ?)""")
        .params(Arrays.<@Nullable Object>asList(machine, change.number(), change.at().toEpochMilli(), change.section(),
            ItemTable.bytes(change.key()), change.before(), change.after()))
        .update();
  }

  /** Drops what is too old or too much, up to {@link #BATCH} of it; answers whether there may be more. */
  boolean tidy(String machine, Instant now) {
    return sql.sql("""
        DELETE FROM inventory_change WHERE machine = ? AND number IN (
          SELECT number FROM inventory_change WHERE machine = ? AND (number <= ? OR at < ?) ORDER BY number LIMIT ?)""")
        .params(machine, machine, newest(machine) - MAX_CHANGES, now.minus(KEEP).toEpochMilli(), BATCH)
        .update() == BATCH;
  }

  /** Changes since a time, newest first, of one section or ({@code ""}) of all, older than one of them. */
  List<Change> page(String machine, String section, Instant since, long before, int limit) {
    return sql.sql("""
        SELECT number, at, section, item_key, was, became FROM inventory_change
        WHERE machine = :machine AND number < :before AND at >= :since AND (:section = '' OR section = :section)
        ORDER BY number DESC LIMIT :limit""")
        .param("machine", machine).param("before", before).param("since", since.toEpochMilli())
        .param("section", section).param("limit", limit).query(ChangeTable::change).list();
  }

  private static Change change(ResultSet row, int number) throws SQLException {
    return new Change(row.getLong("number"), Instant.ofEpochMilli(row.getLong("at")), row.getString("section"),
        ItemTable.text(row.getBytes("item_key")), row.getString("was"), row.getString("became"));
  }
}
