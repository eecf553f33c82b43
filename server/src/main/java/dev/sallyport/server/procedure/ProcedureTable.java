package dev.sallyport.server.procedure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code procedure_head} and {@code procedure_version}, within one transaction. Versions stay, also of what was deleted. */
final class ProcedureTable {
  private static final String COLUMNS = "name, version, source, created, account, account_name";

  private final JdbcClient sql;

  ProcedureTable(JdbcClient sql) {
    this.sql = sql;
  }

  long count() {
    return sql.sql("SELECT COUNT(*) FROM procedure_head WHERE deleted = 0").query(Long.class).single();
  }

  /** The newest version of a procedure that is not deleted. */
  Optional<ProcedureVersion> newest(String name) {
    return sql.sql("SELECT newest FROM procedure_head WHERE name = ? AND deleted = 0").param(name)
        .query((row, _) -> row.getLong("newest")).optional().flatMap(version -> find(name, version));
  }

  /** The number of the newest version, also of what was deleted; 0 if there is none. */
  long last(String name) {
    return sql.sql("SELECT newest FROM procedure_head WHERE name = ?").param(name)
        .query((row, _) -> row.getLong("newest")).optional().orElse(0L);
  }

  Optional<ProcedureVersion> find(String name, long version) {
    return sql.sql("SELECT " + COLUMNS + " FROM procedure_version WHERE name = ? AND version = ?")
        .params(name, version).query(ProcedureTable::version).optional();
  }

  /** Versions of a procedure, newest first. */
  List<ProcedureVersion> versions(String name, int limit) {
    return sql.sql("SELECT " + COLUMNS + " FROM procedure_version WHERE name = ? ORDER BY version DESC LIMIT ?")
        .params(name, limit).query(ProcedureTable::version).list();
  }

  /** The newest versions of all procedures that are not deleted, by name. */
  List<ProcedureVersion> all() {
    return sql.sql("""
        SELECT v.name, v.version, v.source, v.created, v.account, v.account_name FROM procedure_head h
        JOIN procedure_version v ON v.name = h.name AND v.version = h.newest WHERE h.deleted = 0 ORDER BY h.name""")
        .query(ProcedureTable::version).list();
  }

  void insert(ProcedureVersion v) {
    sql.sql("INSERT INTO procedure_version (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)")
        .params(v.name(), v.version(), v.source(), v.created().toEpochMilli(), v.account(), v.accountName()).update();
    sql.sql("""
        INSERT INTO procedure_head (name, newest, deleted) VALUES (?, ?, 0)
        ON CONFLICT (name) DO UPDATE SET newest = excluded.newest, deleted = 0""").params(v.name(), v.version())
        .update();
  }

  /** Makes it found no more by its name; runs under way go on. False if there is none. */
  boolean delete(String name) {
    return sql.sql("UPDATE procedure_head SET deleted = 1 WHERE name = ? AND deleted = 0").param(name).update() == 1;
  }

  private static ProcedureVersion version(ResultSet row, int number) throws SQLException {
    return new ProcedureVersion(row.getString("name"), row.getLong("version"), row.getString("source"),
        Instant.ofEpochMilli(row.getLong("created")), row.getString("account"), row.getString("account_name"));
  }
}
