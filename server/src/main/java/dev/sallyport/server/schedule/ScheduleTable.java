package dev.sallyport.server.schedule;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.server.access.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code schedule} and {@code schedule_firing}, within one transaction. */
final class ScheduleTable {
  /** Lines kept of each schedule's history. */
  static final int MAX_FIRINGS = 50;

  private static final String COLUMNS = "id, terms, created, account, account_name, role, suspended, next_time";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM schedule ";

  private final JdbcClient sql;

  ScheduleTable(JdbcClient sql) {
    this.sql = sql;
  }

  long count() {
    return sql.sql("SELECT COUNT(*) FROM schedule").query(Long.class).single();
  }

  /** Whether another schedule than the one of this id has such a name. */
  boolean taken(String name, String id) {
    return sql.sql("SELECT COUNT(*) FROM schedule WHERE name_key = ? AND id <> ?").params(key(name), id)
        .query(Long.class).single() > 0;
  }

  void insert(Schedule s) {
    sql.sql("INSERT INTO schedule (" + COLUMNS + ", name_key, next_due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(Arrays.<@Nullable Object>asList(s.id(), s.terms().toJson().text(), s.created().toEpochMilli(),
            s.account(), s.accountName(), s.role().word(), s.suspended(), millis(s.next()), key(s.terms().name()),
            due(s)))
        .update();
  }

  void update(Schedule s) {
    sql.sql("""
        UPDATE schedule SET terms = ?, account = ?, account_name = ?, role = ?, suspended = ?, next_time = ?,
        name_key = ?, next_due = ? WHERE id = ?""")
        .params(Arrays.<@Nullable Object>asList(s.terms().toJson().text(), s.account(), s.accountName(),
            s.role().word(), s.suspended(), millis(s.next()), key(s.terms().name()), due(s), s.id()))
        .update();
  }

  /** Moves on from a time to the next; false if the schedule has moved on already, or was changed. */
  boolean advance(Schedule from, Optional<Instant> next) {
    var moved = new Schedule(from.id(), from.terms(), from.created(), from.account(), from.accountName(), from.role(),
        from.suspended(), next);
    return sql.sql("UPDATE schedule SET next_time = ?, next_due = ? WHERE id = ? AND next_time = ? AND terms = ?")
        .params(Arrays.<@Nullable Object>asList(millis(next), due(moved), from.id(), millis(from.next()),
            from.terms().toJson().text()))
        .update() == 1;
  }

  /** Suspends it; false if it was changed meanwhile. */
  boolean suspend(Schedule from, String why) {
    return sql.sql("""
        UPDATE schedule SET suspended = ?, next_time = NULL, next_due = NULL
        WHERE id = ? AND next_time = ? AND account = ?""")
        .params(Arrays.<@Nullable Object>asList(why, from.id(), millis(from.next()), from.account())).update() == 1;
  }

  boolean delete(String id) {
    sql.sql("DELETE FROM schedule_firing WHERE schedule = ?").param(id).update();
    return sql.sql("DELETE FROM schedule WHERE id = ?").param(id).update() == 1;
  }

  Optional<Schedule> find(String id) {
    return sql.sql(SELECT + "WHERE id = ?").param(id).query(ScheduleTable::schedule).optional();
  }

  List<Schedule> all() {
    return sql.sql(SELECT + "ORDER BY name_key").query(ScheduleTable::schedule).list();
  }

  /** Schedules whose time has come, the longest due first. */
  List<Schedule> due(Instant now, int limit) {
    return sql.sql(SELECT + "WHERE next_due <= ? ORDER BY next_due LIMIT ?").params(now.toEpochMilli(), limit)
        .query(ScheduleTable::schedule).list();
  }

  /** Adds a line to the history, and drops what is too old. */
  void record(String schedule, Firing firing) {
    long number = sql.sql("SELECT COALESCE(MAX(number), 0) + 1 FROM schedule_firing WHERE schedule = ?").param(schedule)
        .query(Long.class).single();
    sql.sql("DELETE FROM schedule_firing WHERE schedule = ? AND number <= ?").params(schedule, number - MAX_FIRINGS)
        .update();
    sql.sql("INSERT INTO schedule_firing (schedule, number, time, at, directive, note) VALUES (?, ?, ?, ?, ?, ?)")
        .params(schedule, number, firing.time().toEpochMilli(), firing.at().toEpochMilli(), firing.directive(),
            firing.note())
        .update();
  }

  /** The history, newest first. */
  List<Firing> firings(String schedule) {
    return sql.sql("SELECT time, at, directive, note FROM schedule_firing WHERE schedule = ? ORDER BY number DESC")
        .param(schedule).query((row, _) -> new Firing(Instant.ofEpochMilli(row.getLong("time")),
            Instant.ofEpochMilli(row.getLong("at")), row.getString("directive"), row.getString("note")))
        .list();
  }

  private static @Nullable Long due(Schedule s) {
    return s.next().map(time -> s.terms().due(s.id(), time).toEpochMilli()).orElse(null);
  }

  private static @Nullable Long millis(Optional<Instant> instant) {
    return instant.map(Instant::toEpochMilli).orElse(null);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Schedule schedule(ResultSet row, int number) throws SQLException {
    String role = row.getString("role");
    long next = row.getLong("next_time");
    Optional<Instant> time = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
    Terms terms = Terms.fromJson(
        Json.parseObject(row.getString("terms").getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT));
    return new Schedule(row.getString("id"), terms, Instant.ofEpochMilli(row.getLong("created")),
        row.getString("account"), row.getString("account_name"),
        Role.ofWord(role).orElseThrow(() -> new IllegalStateException("schedule with the unknown role " + role)),
        row.getString("suspended"), time);
  }
}
