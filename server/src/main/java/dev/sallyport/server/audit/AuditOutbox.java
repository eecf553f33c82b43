package dev.sallyport.server.audit;

import java.util.List;
import java.util.OptionalInt;

import dev.sallyport.protocol.json.JsonObject;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Events on their way into the log, within one transaction: stored together with what they tell of, so that a crash loses neither and
 * nobody waits for the log. Only for what follows from something that is in the log already.
 */
public final class AuditOutbox {
  /** Events that are taken out at once. */
  static final int BATCH = 500;

  private final JdbcClient sql;

  public AuditOutbox(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * An event and its place in the queue.
   *
   * @param id grows
   */
  record Row(long id, AuditEvent event) {}

  /**
   * Adds what happened to a run.
   *
   * @param exitCode of the last program that ran
   */
  public void run(String directive, String machine, String type, String result, OptionalInt exitCode) {
    sql.sql("""
        INSERT INTO audit_outbox (id, directive, machine, type, result, exit_code)
        SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ?, ?, ? FROM audit_outbox""")
        .params(directive, machine, type, result, exitCode.isPresent() ? Integer.toString(exitCode.getAsInt()) : "")
        .update();
  }

  /** The oldest events. */
  List<Row> oldest() {
    return sql.sql("SELECT id, directive, machine, type, result, exit_code FROM audit_outbox ORDER BY id LIMIT ?")
        .param(BATCH).query((row, _) -> {
          String code = row.getString("exit_code");
          JsonObject details = code.isEmpty()
              ? JsonObject.EMPTY
              : JsonObject.builder().put("exitCode", Integer.parseInt(code)).build();
          return new Row(row.getLong("id"), AuditEvent.of(row.getString("type")).to(row.getString("directive"))
              .on(row.getString("machine")).result(row.getString("result")).details(details));
        }).list();
  }

  /** Takes out what is in the log. */
  void delete(long upTo) {
    sql.sql("DELETE FROM audit_outbox WHERE id <= ?").param(upTo).update();
  }
}
