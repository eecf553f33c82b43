package dev.sallyport.server.directive.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

import dev.sallyport.server.directive.life.RunState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code run}, within one transaction. */
public final class RunTable {
  private static final String COLUMNS = "directive, machine, name, state, created, expires, started, ended, exit_code, reason, output_bytes, truncated, value, sequence";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM run ";
  private static final String ROW = "(" + String.join(", ", Collections.nCopies(15, "?")) + ")";

  /** Rows of one INSERT: 15 values each, well below what either database takes as parameters. */
  private static final int ROWS_PER_INSERT = 64;

  /** Runs of one page. */
  static final int MAX_PAGE = 500;
  /** Characters of the values in one page after which it ends, so that whoever reads slowly holds little: one value more at most. */
  static final int MAX_PAGE_VALUE_CHARS = 1 << 20;
  /** Rows that a database hands over at a time. */
  private static final int FETCH = 64;

  private final JdbcClient sql;

  public RunTable(JdbcClient sql) {
    this.sql = sql;
  }

  void insert(List<Run> runs, Instant expires, boolean held) {
    for (int from = 0; from < runs.size(); from += ROWS_PER_INSERT) {
      List<Run> part = runs.subList(from, Math.min(runs.size(), from + ROWS_PER_INSERT));
      var values = new ArrayList<@Nullable Object>(part.size() * 15);
      for (Run run : part) {
        Collections.addAll(values, run.key().directive(), run.key().machine(), run.name(), run.state().word(),
            run.created().toEpochMilli(), expires.toEpochMilli(), millis(run.started()), millis(run.ended()), null,
            run.reason(),
            run.outputBytes(), run.truncated() ? 1 : 0, run.value().text(), run.sequence(), held ? 1 : 0);
      }
      sql.sql(
          "INSERT INTO run (" + COLUMNS + ", held) VALUES " + String.join(", ", Collections.nCopies(part.size(), ROW)))
          .params(values).update();
    }
  }

  /** The ids of a directive's machines. */
  public List<String> machines(String directive) {
    return sql.sql("SELECT machine FROM run WHERE directive = ?").param(directive)
        .query((row, _) -> row.getString("machine")).list();
  }

  /** How the run on one machine stands. */
  public record Stands(String machine, RunState state) {}

  /** How each of a directive's runs stands. */
  public List<Stands> standing(String directive) {
    return sql.sql("SELECT machine, state FROM run WHERE directive = ?").param(directive)
        .query((row, _) -> new Stands(row.getString("machine"), RunState.ofWord(row.getString("state")))).list();
  }

  /** The state of a run, if it exists. */
  public Optional<RunState> state(RunKey key) {
    return sql.sql("SELECT state FROM run WHERE directive = ? AND machine = ?").params(key.directive(), key.machine())
        .query(String.class).optional().map(RunState::ofWord);
  }

  /** Changes the state of a run that has not ended; false when it was not in the state it is said to leave. */
  boolean move(RunKey key, RunState from, RunState to, Instant at, String reason, long sequence) {
    return sql.sql("""
        UPDATE run SET state = ?, started = COALESCE(started, ?), reason = ?, sequence = ?
        WHERE directive = ? AND machine = ? AND state = ?""")
        .params(to.word(), at.toEpochMilli(), reason, sequence, key.directive(), key.machine(), from.word())
        .update() == 1;
  }

  /** Ends a run and counts its last output; answers the run as it is then, or nothing when it was not in the state it is said to leave. */
  Optional<Run> end(RunKey key, RunState from, RunState.Ended to, Instant at, RunEnd end, long moreOutput,
      long sequence) {
    @Nullable
    Integer exitCode = end.exitCode().isPresent() ? end.exitCode().getAsInt() : null;
    return sql
        .sql(
            """
                UPDATE run SET state = ?, ended = ?, output_bytes = output_bytes + ?, exit_code = ?, reason = ?, truncated = ?, value = ?,
                sequence = ? WHERE directive = ? AND machine = ? AND state = ? RETURNING\s"""
                + COLUMNS)
        .params(Arrays.<@Nullable Object>asList(to.word(), at.toEpochMilli(), moreOutput, exitCode, end.reason(),
            end.truncated() ? 1 : 0, end.value().text(), sequence, key.directive(), key.machine(), from.word()))
        .query(RunTable::run).optional();
  }

  void countOutput(RunKey key, long bytes) {
    sql.sql("UPDATE run SET output_bytes = output_bytes + ? WHERE directive = ? AND machine = ?")
        .params(bytes, key.directive(), key.machine()).update();
  }

  /** One run, if it exists. */
  public Optional<Run> find(RunKey key) {
    return sql.sql(SELECT + "WHERE directive = ? AND machine = ?")
        .params(key.directive(), key.machine())
        .query(RunTable::run).optional();
  }

  /**
   * Some rows.
   *
   * @param more whether there are others after these
   */
  public record Page(List<Run> runs, boolean more) {}

  /** Runs of a directive by machine, those after this machine. */
  public Page ofDirective(String directive, String afterMachine) {
    return sql.sql(SELECT + "WHERE directive = ? AND machine > ? ORDER BY machine LIMIT ?")
        .params(directive, afterMachine, MAX_PAGE + 1).withFetchSize(FETCH)
        .query((ResultSetExtractor<Page>) RunTable::page);
  }

  /** Runs of this machine that are under way or may start, oldest directive first; not those that a batch holds back. */
  public List<Run> open(String machine, int limit) {
    return sql
        .sql(SELECT + "WHERE machine = ? AND ended IS NULL AND (held = 0 OR state <> ?) ORDER BY directive LIMIT ?")
        .params(machine, new RunState.Queued().word(), limit).query(RunTable::run).list();
  }

  /**
   * A run that its batch holds back.
   *
   * @param sequence its place in the batch
   */
  public record Held(RunKey key, long sequence) {}

  /** Runs that a batch holds back, in their order, those after this place. A run that waits has not changed since it was numbered. */
  public List<Held> held(String directive, long after, int limit) {
    return sql.sql("""
        SELECT directive, machine, sequence FROM run
        WHERE directive = ? AND sequence > ? AND state = ? AND ended IS NULL AND held = 1 ORDER BY sequence LIMIT ?""")
        .params(directive, after, new RunState.Queued().word(), limit)
        .query((row, number) -> new Held(key(row, number), row.getLong("sequence"))).list();
  }

  /** Directives whose batches hold back runs of any of these machines. */
  public List<String> heldFor(Collection<String> machines) {
    return sql.sql("""
        SELECT DISTINCT directive FROM run
        WHERE machine IN (:machines) AND ended IS NULL AND held = 1 AND state = :state""")
        .param("machines", machines).param("state", new RunState.Queued().word())
        .query((row, _) -> row.getString("directive")).list();
  }

  /**
   * A run that waits.
   *
   * @param action of its directive
   */
  record Waiting(String directive, String action) {}

  /** Queued runs of this machine, those of directives after this one. */
  List<Waiting> waiting(String machine, String afterDirective, int limit) {
    return sql.sql("""
        SELECT run.directive, directive.action FROM run JOIN directive ON directive.id = run.directive
        WHERE run.machine = ? AND run.directive > ? AND run.state = ? AND run.ended IS NULL
        ORDER BY run.directive LIMIT ?""").params(machine, afterDirective, new RunState.Queued().word(), limit)
        .query((row, _) -> new Waiting(row.getString("directive"), row.getString("action"))).list();
  }

  /** Runs that have not ended, whatever their machine, oldest directive first, after this one. */
  public List<Run> open(RunKey after, int limit) {
    return sql.sql(SELECT + "WHERE (directive, machine) > (?, ?) AND ended IS NULL ORDER BY directive, machine LIMIT ?")
        .params(after.directive(), after.machine(), limit).query(RunTable::run).list();
  }

  /** Runs that have not ended on this machine, oldest directive first, those of directives after this one. */
  public List<Run> open(String machine, String afterDirective, int limit) {
    return sql.sql(SELECT + "WHERE machine = ? AND directive > ? AND ended IS NULL ORDER BY directive LIMIT ?")
        .params(machine, afterDirective, limit).query(RunTable::run).list();
  }

  /** Runs of a directive in any of these states, some of them. */
  List<RunKey> inState(String directive, RunState state, int limit) {
    return sql.sql("SELECT directive, machine FROM run WHERE directive = ? AND state = ? AND ended IS NULL LIMIT ?")
        .params(directive, state.word(), limit).query(RunTable::key).list();
  }

  /** Open runs in this state whose directive's lifetime was over by then. */
  List<RunKey> overdue(RunState state, Instant by, int limit) {
    return sql.sql("SELECT directive, machine FROM run WHERE expires <= ? AND state = ? AND ended IS NULL LIMIT ?")
        .params(by.toEpochMilli(), state.word(), limit).query(RunTable::key).list();
  }

  /** Runs of a directive whose last change has a higher number, in that order. */
  public Page changed(String directive, long after) {
    return sql.sql(SELECT + "WHERE directive = ? AND sequence > ? ORDER BY sequence LIMIT ?")
        .params(directive, after, MAX_PAGE + 1).withFetchSize(FETCH).query((ResultSetExtractor<Page>) RunTable::page);
  }

  /** How many runs of each directive are in each state, by the word for the state; directives without runs are left out. */
  public Map<String, Map<String, Long>> counts(Collection<String> directives) {
    var counts = new HashMap<String, Map<String, Long>>();
    if (!directives.isEmpty()) {
      sql.sql("SELECT directive, state, COUNT(*) AS runs FROM run WHERE directive IN (:ids) GROUP BY directive, state")
          .param("ids", directives).query(row -> {
            counts.computeIfAbsent(row.getString("directive"), _ -> new TreeMap<>())
                .merge(RunState.ofWord(row.getString("state")).shown(), row.getLong("runs"), Long::sum);
          });
    }
    return counts;
  }

  private static Page page(ResultSet rows) throws SQLException {
    var runs = new ArrayList<Run>();
    long chars = 0;
    while (rows.next()) {
      if (runs.size() == MAX_PAGE || chars >= MAX_PAGE_VALUE_CHARS) {
        return new Page(runs, true);
      }
      runs.add(run(rows, runs.size()));
      chars += rows.getString("value").length();
    }
    return new Page(runs, false);
  }

  private static @Nullable Long millis(Optional<Instant> instant) {
    return instant.map(Instant::toEpochMilli).orElse(null);
  }

  private static RunKey key(ResultSet row, int number) throws SQLException {
    return new RunKey(row.getString("directive"), row.getString("machine"));
  }

  private static Run run(ResultSet row, int number) throws SQLException {
    return new Run(key(row, number), row.getString("name"), RunState.ofWord(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("created")), instant(row, "started"), instant(row, "ended"), exitCode(row),
        row.getString("reason"), row.getLong("output_bytes"), row.getLong("truncated") != 0,
        StoredJson.read(row.getString("value")),
        row.getLong("sequence"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static OptionalInt exitCode(ResultSet row) throws SQLException {
    int code = row.getInt("exit_code");
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(code);
  }
}
