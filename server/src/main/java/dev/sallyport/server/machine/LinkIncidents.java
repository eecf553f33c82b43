package dev.sallyport.server.machine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

import dev.sallyport.gateway.RefusedAttempt;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.audit.Audit;
import dev.sallyport.server.audit.AuditEvent;
import dev.sallyport.server.audit.AuditEvent.Actor;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.StoreUnavailableException;
import dev.sallyport.server.switchboard.Switchboard;
import dev.sallyport.server.web.LogText;
import dev.sallyport.server.web.ThrottledLog;
import dev.sallyport.session.rolling.RollEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What went wrong when agents connected: refused attempts, and alarms about rolling secrets. Both are kept in bounds, newest first. */
public final class LinkIncidents {
  private static final Logger LOG = LoggerFactory.getLogger(LinkIncidents.class);

  /** Refused attempts kept. */
  static final int MAX_REFUSED = 10_000;
  /** Alarms kept of each machine. */
  static final int MAX_ALARMS = 100;
  private static final int MAX_SUBJECT_LENGTH = 64;

  private final Store store;
  private final Switchboard switchboard;
  private final ChangeFeed feed;
  private final InstantSource clock;
  private final Audit audit;
  private final ThrottledLog refusals;

  public LinkIncidents(Store store, Switchboard switchboard, ChangeFeed feed, InstantSource clock, Audit audit) {
    this.store = store;
    this.switchboard = switchboard;
    this.feed = feed;
    this.clock = clock;
    this.audit = audit;
    this.refusals = new ThrottledLog(LOG::warn, clock);
  }

  /** Keeps an attempt that failed, and logs it. An attacker must not be able to stop the gateway by filling the disk, so a failure is only logged. */
  public void refused(RefusedAttempt attempt) {
    refusals.line("agent.auth.fail reason=" + word(attempt.reason()) + " source="
        + MachineText.address(attempt.remote()) + " transport=" + attempt.transport() + " times=" + attempt.count()
        + " subject=" + LogText.quote(attempt.subject()));
    try {
      audit.record(AuditEvent.of("link.auth.fail").by(Actor.at(MachineText.address(attempt.remote())))
          .to(PlainText.clean(attempt.subject(), MAX_SUBJECT_LENGTH)).result(AuditEvent.REFUSED)
          .details(JsonObject.builder().put("reason", word(attempt.reason())).put("transport", attempt.transport())
              .put("times", attempt.count()).build()));
      store.write(sql -> {
        long id = nextId(sql, "SELECT COALESCE(MAX(id), 0) + 1 FROM refused_link");
        sql.sql("DELETE FROM refused_link WHERE id <= ?").param(id - MAX_REFUSED).update();
        return sql.sql(
            "INSERT INTO refused_link (id, at, reason, address, transport, subject, attempt, times) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .params(id, attempt.at().toEpochMilli(), word(attempt.reason()), MachineText.address(attempt.remote()),
                attempt.transport(),
                PlainText.clean(attempt.subject(), MAX_SUBJECT_LENGTH), attempt.attempt(), attempt.count())
            .update();
      });
    } catch (StoreUnavailableException e) {
      LOG.warn("a refused attempt ({}) could not be stored: {}", word(attempt.reason()), e.getMessage());
    }
  }

  /**
   * Keeps an alarm. Where identity is proven and no secret is shared, only a person can say which of two clones is the machine: it is
   * quarantined.
   */
  public void report(String machine, RollEvent event) {
    MachineAlarm alarm = alarm(event);
    boolean quarantine = event instanceof RollEvent.NoCommonSecret;
    LOG.warn("machine {}: {}", machine, alarm.detail());
    audit.record(AuditEvent.of("machine.alarm").on(machine).result(alarm.kind())
        .details(JsonObject.builder().put("detail", alarm.detail()).build()));
    store.write(sql -> {
      keep(sql, machine, alarm);
      return quarantine && new MachineTable(sql).change(machine, MachineState.ACTIVE, MachineState.QUARANTINED);
    });
    if (quarantine) {
      switchboard.close(machine, GoAwayCode.POLICY);
    }
    feed.machine(machine);
  }

  /** The machine's alarms, newest first. */
  public List<MachineAlarm> alarms(String machine) {
    return store.read(
        sql -> sql.sql("SELECT at, kind, detail FROM machine_alarm WHERE machine = ? ORDER BY id DESC").param(machine)
            .query((row, _) -> new MachineAlarm(Instant.ofEpochMilli(row.getLong("at")), row.getString("kind"),
                row.getString("detail")))
            .list());
  }

  private MachineAlarm alarm(RollEvent event) {
    Instant now = clock.instant();
    return switch (event) {
      case RollEvent.Resync(int distance) -> new MachineAlarm(now, "resync",
          "it came back " + distance + " session(s) behind: its storage was restored, or it was cloned");
      case RollEvent.NoCommonSecret _ -> new MachineAlarm(now, "no-common-secret",
          "it proved its identity but shares no secret with this server: restored too far back, or a clone went on in its place");
      case RollEvent.AttemptRollback(long attempt, long floor) -> new MachineAlarm(now, "attempt-rollback",
          "its attempt number went back from " + floor + " to " + attempt
              + ": its clock or its storage was set back, or a clone calls");
    };
  }

  private static void keep(JdbcClient sql, String machine, MachineAlarm alarm) {
    long id = nextId(sql, "SELECT COALESCE(MAX(id), 0) + 1 FROM machine_alarm");
    sql.sql("INSERT INTO machine_alarm (id, machine, at, kind, detail) VALUES (?, ?, ?, ?, ?)")
        .params(id, machine, alarm.at().toEpochMilli(), alarm.kind(), alarm.detail()).update();
    sql.sql("""
        DELETE FROM machine_alarm WHERE machine = ? AND id <=
        (SELECT id FROM machine_alarm WHERE machine = ? ORDER BY id DESC LIMIT 1 OFFSET ?)""")
        .params(machine, machine, MAX_ALARMS)
        .update();
  }

  private static long nextId(JdbcClient sql, String query) {
    return sql.sql(query).query(Long.class).single();
  }

  private static String word(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
