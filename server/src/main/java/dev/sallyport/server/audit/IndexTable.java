package dev.sallyport.server.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.sallyport.protocol.json.JsonObject;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The index over the log, within one transaction. */
final class IndexTable {
  /** Machines that one entry names at most. */
  static final int MAX_MACHINES = 256;
  private static final int MAX_TEXT = 255;

  private final JdbcClient sql;

  IndexTable(JdbcClient sql) {
    this.sql = sql;
  }

  /** Adds an entry. */
  void insert(long number, JsonObject entry) {
    JsonObject actor = entry.objectOrEmpty("actor");
    sql.sql("INSERT INTO audit_entry (n, at, type, person, site, object, result) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .params(number, AuditLog.time(entry).toEpochMilli(), entry.string("type", "", MAX_TEXT),
            actor.string("user", "", MAX_TEXT), entry.string("site", "", MAX_TEXT),
            entry.string("obj", "", MAX_TEXT), entry.string("res", "", MAX_TEXT))
        .update();
    for (String machine : machines(entry)) {
      sql.sql("INSERT INTO audit_machine (machine, n) VALUES (?, ?)").params(machine, number).update();
    }
  }

  private static Set<String> machines(JsonObject entry) {
    var machines = new LinkedHashSet<String>();
    String one = entry.string("machine", "", MAX_TEXT);
    if (!one.isEmpty()) {
      machines.add(one);
    }
    JsonObject details = entry.objectOrEmpty("det");
    if (!details.isNone("machines")) {
      machines.addAll(details.strings("machines", MAX_MACHINES, MAX_TEXT));
    }
    return machines;
  }

  /** The last entry's number and time. */
  record Last(long number, long at) {}

  /** The last entry that is here; number −1 if there is none. */
  Last last() {
    return sql.sql("SELECT n, at FROM audit_entry ORDER BY n DESC LIMIT 1")
        .query((row, _) -> new Last(row.getLong("n"), row.getLong("at"))).optional().orElse(new Last(-1, 0));
  }

  /** Forgets everything. */
  void clear() {
    sql.sql("DELETE FROM audit_entry").update();
    sql.sql("DELETE FROM audit_machine").update();
  }

  /** Whether an event of this type about this object and machine is in the log. */
  boolean has(AuditEvent event) {
    return sql.sql("""
        SELECT COUNT(*) FROM audit_entry e JOIN audit_machine m ON m.n = e.n
        WHERE e.object = ? AND e.type = ? AND m.machine = ?""")
        .params(event.object(), event.type(), event.machine()).query(Long.class).single() > 0;
  }

  /** Numbers of entries that fit, newest first, one more than the limit if there are more. */
  List<Long> find(AuditSearch search) {
    var where = new ArrayList<String>();
    var values = new ArrayList<Object>();
    add(where, values, "e.n < ?", search.before());
    add(where, values, "e.at >= ?", search.from().toEpochMilli());
    add(where, values, "e.at < ?", search.until().toEpochMilli());
    addText(where, values, "e.person = ?", search.person());
    addText(where, values, "e.site = ?", search.site());
    addText(where, values, "e.object = ?", search.object());
    addText(where, values, "e.result = ?", search.result());
    addText(where, values, "m.machine = ?", search.machine());
    if (search.type().endsWith(".")) {
      add(where, values, "e.type >= ?", search.type());
      add(where, values, "e.type < ?", search.type().substring(0, search.type().length() - 1) + "/");
    } else {
      addText(where, values, "e.type = ?", search.type());
    }
    values.add(search.limit() + 1);
    String from = search.machine().isEmpty() ? "audit_entry e" : "audit_machine m JOIN audit_entry e ON e.n = m.n";
    return sql.sql("SELECT e.n FROM " + from + " WHERE " + String.join(" AND ", where) + " ORDER BY e.n DESC LIMIT ?")
        .params(values).query((row, _) -> row.getLong("n")).list();
  }

  private static void add(List<String> where, List<Object> values, String condition, Object value) {
    where.add(condition);
    values.add(value);
  }

  private static void addText(List<String> where, List<Object> values, String condition, String value) {
    if (!value.isEmpty()) {
      add(where, values, condition, value);
    }
  }
}
