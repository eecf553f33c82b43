package dev.sallyport.server.directive.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code run_output}, within one transaction. */
public final class OutputTable {
  private static final String COLUMNS = "directive, machine, position, step, channel, bytes, sequence";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM run_output ";

  private final JdbcClient sql;

  public OutputTable(JdbcClient sql) {
    this.sql = sql;
  }

  void insert(OutputChunk chunk, long sequence) {
    sql.sql("INSERT INTO run_output (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)")
        .params(chunk.key().directive(), chunk.key().machine(), chunk.position(), chunk.step(),
            chunk.channel().number(), chunk.bytes(),
            sequence)
        .update();
  }

  /** Bytes stored of each step of a run; steps without output are left out. */
  public Map<Integer, Long> held(RunKey key) {
    var held = new HashMap<Integer, Long>();
    sql.sql("SELECT step, SUM(LENGTH(bytes)) AS held FROM run_output WHERE directive = ? AND machine = ? GROUP BY step")
        .params(key.directive(), key.machine()).query(row -> {
          held.put(row.getInt("step"), row.getLong("held"));
        });
    return held;
  }

  /** The next pieces of a run's log on these channels, as they came. */
  public List<OutputChunk> page(RunKey key, Set<Channel> channels, long fromPosition, int limit) {
    return sql
        .sql(SELECT + """
            WHERE directive = :directive AND machine = :machine AND position >= :from AND channel IN (:channels)
            ORDER BY position LIMIT :limit""")
        .param("directive", key.directive()).param("machine", key.machine()).param("from", fromPosition)
        .param("channels", channels.stream().map(Channel::number).toList()).param("limit", limit)
        .query(OutputTable::chunk).list();
  }

  /** Pieces of any run of a directive with a higher change number, in that order. */
  public List<Numbered<OutputChunk>> changed(String directive, long after, int limit) {
    return sql
        .sql(SELECT + "WHERE directive = ? AND sequence > ? ORDER BY sequence LIMIT ?")
        .params(directive, after, limit).query((row, n) -> new Numbered<>(row.getLong("sequence"), chunk(row, n)))
        .list();
  }

  private static OutputChunk chunk(ResultSet row, int number) throws SQLException {
    return new OutputChunk(new RunKey(row.getString("directive"), row.getString("machine")), row.getLong("position"),
        row.getInt("step"), Channel.ofNumber(row.getInt("channel")), row.getBytes("bytes"));
  }
}
