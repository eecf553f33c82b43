package dev.sallyport.server.directive.record;

import java.util.HashMap;
import java.util.Map;

import dev.sallyport.protocol.json.JsonObject;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code run_note}, within one transaction: answers that a run's action decided by and that no agent remembers. */
public final class NoteTable {
  private final JdbcClient sql;

  public NoteTable(JdbcClient sql) {
    this.sql = sql;
  }

  /** Notes what a step answered; a note that is there already stays. */
  public void insert(RunKey key, int step, JsonObject answer) {
    sql.sql("INSERT INTO run_note (directive, machine, step, answer) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .params(key.directive(), key.machine(), step, answer.text()).update();
  }

  /** What was noted of a run, by step. */
  public Map<Integer, JsonObject> of(RunKey key) {
    var notes = new HashMap<Integer, JsonObject>();
    sql.sql("SELECT step, answer FROM run_note WHERE directive = ? AND machine = ?")
        .params(key.directive(), key.machine()).query(row -> {
          notes.put(row.getInt("step"), StoredJson.read(row.getString("answer")));
        });
    return notes;
  }

  /** Forgets what was noted of a run, which has ended. */
  public void delete(RunKey key) {
    sql.sql("DELETE FROM run_note WHERE directive = ? AND machine = ?").params(key.directive(), key.machine()).update();
  }
}
