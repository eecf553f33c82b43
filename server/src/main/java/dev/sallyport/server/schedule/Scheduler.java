package dev.sallyport.server.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.access.account.Accounts;
import dev.sallyport.server.access.grant.Grants;
import dev.sallyport.server.directive.Directives;
import dev.sallyport.server.directive.Giving;
import dev.sallyport.server.directive.OrderKey;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the orders whose time has come.
 *
 * <p>The directive, the schedule's next time and its history are one transaction, and the directive carries the schedule and the time as its
 * key. So each time gives one directive at most, whatever breaks: before the commit nothing has happened, and the schedule is due again; after
 * it the schedule has moved on.
 */
public final class Scheduler {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  /** How late a firing may be and still count as in time; the server did not run if it is later. */
  static final Duration GRACE = Duration.ofMinutes(1);
  /** Schedules fired in one go; the rest follows in the next. */
  static final int BATCH = 50;
  private static final int FORBIDDEN = 403;

  private final Store store;
  private final Directives directives;
  private final Grants grants;
  private final InstantSource clock;

  public Scheduler(Store store, Directives directives, Grants grants, InstantSource clock) {
    this.store = store;
    this.directives = directives;
    this.grants = grants;
    this.clock = clock;
  }

  /** Fires what is due; meant to be called every second. */
  public void tick() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<Schedule> due = store.read(sql -> new ScheduleTable(sql).due(now, BATCH));
    for (Schedule schedule : due) {
      schedule.next().ifPresent(time -> fire(schedule, time, now));
    }
  }

  private void fire(Schedule schedule, Instant time, Instant now) {
    boolean late = now.isAfter(schedule.terms().due(schedule.id(), time).plus(GRACE));
    Optional<Instant> next = schedule.terms().next(late ? now : time);
    if (late && schedule.terms().missed() == Missed.SKIP) {
      moveOn(schedule, next, new Firing(time, now, "", "missed: the server did not run at that time"));
      return;
    }
    Operator operator = runsAs(schedule).orElse(null);
    if (operator == null) {
      suspend(schedule, time, now,
          "the account " + schedule.accountName() + ", as which it runs, may not act any more");
      return;
    }
    try {
      give(schedule, operator, time, next, new Firing(time, now, "", late ? "late: the server did not run" : ""));
    } catch (ChangedMeanwhile e) {
      LOG.debug("schedule {} was changed while it fired; it is looked at again", schedule.id());
    } catch (ProtocolException e) {
      moveOn(schedule, next, new Firing(time, now, "", "this server does not understand the order: " + e.getMessage()));
    } catch (ProblemException e) {
      if (e.problem().status() == FORBIDDEN) {
        suspend(schedule, time, now, "the account " + operator.name() + ", as which it runs: " + e.problem().detail());
      } else {
        moveOn(schedule, next, new Firing(time, now, "", e.problem().detail()));
      }
    }
  }

  private void give(Schedule schedule, Operator operator, Instant time, Optional<Instant> next, Firing firing) {
    var given = new AtomicBoolean();
    var key = OrderKey.named(time.toString(), schedule.id());
    directives.give(Schedules.order(schedule), operator,
        Giving.under("schedule:" + schedule.id(), key).with((sql, directive) -> {
          var table = new ScheduleTable(sql);
          if (!table.advance(schedule, next)) {
            throw new ChangedMeanwhile();
          }
          table.record(schedule.id(), new Firing(firing.time(), firing.at(), directive.id(), firing.note()));
          given.set(true);
        }));
    if (!given.get()) { // the clock was set back: this time has had its directive
      moveOn(schedule, next, new Firing(firing.time(), firing.at(), "", "not given again: it was given for this time"));
    }
  }

  /** Who the schedule runs as, as the account stands now; empty if it may not act any more. */
  private Optional<Operator> runsAs(Schedule schedule) {
    Optional<Account> account = store.read(sql -> Accounts.find(sql, schedule.account())).filter(Account::enabled);
    return account.map(now -> {
      Role role = schedule.role().within(now.role()) ? schedule.role() : now.role();
      return new Operator(now.id(), now.name(), role, grants.rights(now, schedule.role()), "schedule:" + schedule.id());
    });
  }

  private void moveOn(Schedule schedule, Optional<Instant> next, Firing firing) {
    LOG.info("schedule {}: nothing was given for {}: {}", schedule.id(), firing.time(), firing.note());
    store.write(sql -> {
      var table = new ScheduleTable(sql);
      if (table.advance(schedule, next)) {
        table.record(schedule.id(), firing);
      }
      return null;
    });
  }

  private void suspend(Schedule schedule, Instant time, Instant now, String why) {
    LOG.warn("schedule {} is suspended: {}", schedule.id(), why);
    store.write(sql -> {
      var table = new ScheduleTable(sql);
      if (table.suspend(schedule, why)) {
        table.record(schedule.id(), new Firing(time, now, "", "suspended: " + why));
      }
      return null;
    });
  }
}
