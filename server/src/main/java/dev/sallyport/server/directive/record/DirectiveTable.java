package dev.sallyport.server.directive.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.sallyport.server.directive.batch.Batch;
import dev.sallyport.server.directive.batch.BatchRule.Standing;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code directive}, within one transaction. */
public final class DirectiveTable {
  private static final String COLUMNS = "id, action, parameters, created, creator, creator_name, expires, time_limit, output_limit, batch";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM directive ";

  private final JdbcClient sql;

  public DirectiveTable(JdbcClient sql) {
    this.sql = sql;
  }

  /** Stores a new directive with this many runs, whose changes are numbered 1 to that, and of which this many are open and this many handed over. */
  void insert(Directive d, int runs, int open, int active) {
    sql.sql("INSERT INTO directive (" + COLUMNS + """
        , open_runs, active_runs, sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
        .params(d.id(), d.action(), d.parameters().text(), d.created().toEpochMilli(), d.creator(), d.creatorName(),
            d.expires().toEpochMilli(), d.timeLimit().toMillis(), d.outputLimit(),
            d.batch().holds() ? d.batch().toJson().text() : "", open, active, runs)
        .update();
  }

  /**
   * What a change does to a directive's counts.
   *
   * @param open added to the runs that have not ended
   * @param active added to those of them that were handed to their machines
   * @param failed added to those that failed
   */
  record Counted(int open, int active, int failed) {
    static final Counted NOTHING = new Counted(0, 0, 0);
  }

  /** Takes the next change numbers and keeps the counts; answers how far the directive has come then: the last number is the last one taken. */
  Progress advance(String id, int changes, Counted counted) {
    return sql.sql("""
        UPDATE directive SET sequence = sequence + ?, open_runs = open_runs + ?, active_runs = active_runs + ?,
        failed_runs = failed_runs + ? WHERE id = ? RETURNING open_runs, sequence""")
        .params(changes, counted.open(), counted.active(), counted.failed(), id).query(DirectiveTable::progress)
        .single();
  }

  /** How a batch stands; all zero if there is no such directive. */
  public Standing standing(String id) {
    return sql.sql("SELECT open_runs, active_runs, failed_runs FROM directive WHERE id = ?").param(id)
        .query((row, _) -> new Standing(row.getLong("open_runs") - row.getLong("active_runs"),
            row.getLong("active_runs"), row.getLong("failed_runs")))
        .optional().orElse(new Standing(0, 0, 0));
  }

  /** Batches that have not ended. */
  public List<Directive> openBatches() {
    return sql.sql(SELECT + "WHERE batch <> '' AND open_runs > 0 ORDER BY id").query(DirectiveTable::directive).list();
  }

  /** The directive of this id, if there is one. */
  public Optional<Directive> find(String id) {
    return sql.sql(SELECT + "WHERE id = ?").param(id).query(DirectiveTable::directive)
        .optional();
  }

  /** How far the directive has come; empty if there is none of this id. */
  public Optional<Progress> progress(String id) {
    return sql.sql("SELECT open_runs, sequence FROM directive WHERE id = ?").param(id)
        .query(DirectiveTable::progress).optional();
  }

  /**
   * The newest directives first.
   *
   * @param before only those given before the directive of this id; {@code ""} begins with the newest
   */
  public List<Directive> newest(String before, int limit) {
    // Ids begin with a hexadecimal digit, so "g" comes after all of them.
    return sql.sql(SELECT + "WHERE id < ? ORDER BY id DESC LIMIT ?")
        .params(before.isEmpty() ? "g" : before, limit).query(DirectiveTable::directive).list();
  }

  /** Like {@link #newest(String, int)}, those for one machine. */
  public List<Directive> newest(String machine, String before, int limit) {
    return sql.sql(SELECT + """
        WHERE id IN (SELECT directive FROM run WHERE machine = ? AND directive < ? ORDER BY directive DESC LIMIT ?)
        ORDER BY id DESC""").params(machine, before.isEmpty() ? "g" : before, limit).query(DirectiveTable::directive)
        .list();
  }

  /**
   * Who gave a directive.
   *
   * @param creator the account
   * @param creatorName its name at the time
   */
  public record Signature(String id, String creator, String creatorName) {}

  /** Directives that were given at this time or later, oldest first. */
  public List<Signature> since(Instant from) {
    return sql.sql("SELECT id, creator, creator_name FROM directive WHERE created >= ? ORDER BY id")
        .param(from.toEpochMilli())
        .query((row, _) -> new Signature(row.getString("id"), row.getString("creator"), row.getString("creator_name")))
        .list();
  }

  private static Progress progress(ResultSet row, int number) throws SQLException {
    return new Progress(row.getLong("open_runs"), row.getLong("sequence"));
  }

  private static Directive directive(ResultSet row, int number) throws SQLException {
    return new Directive(row.getString("id"), row.getString("action"), StoredJson.read(row.getString("parameters")),
        Instant.ofEpochMilli(row.getLong("created")), row.getString("creator"), row.getString("creator_name"),
        Instant.ofEpochMilli(row.getLong("expires")), Duration.ofMillis(row.getLong("time_limit")),
        row.getLong("output_limit"), batch(row.getString("batch")));
  }

  private static Batch batch(String stored) {
    return stored.isEmpty() ? Batch.NONE : Batch.fromJson(StoredJson.read(stored));
  }
}
