package dev.sallyport.server.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.directive.Directives;
import dev.sallyport.server.directive.Giving;
import dev.sallyport.server.directive.Order;
import dev.sallyport.server.directive.OrderKey;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.store.Identifiers;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.JsonBody;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;

/** The schedules, as operators make, change and end them. Who may give the order may do so; whoever gives or enables one, it runs as. */
public final class Schedules {
  /** Schedules of this server. */
  static final int MAX_SCHEDULES = 1_000;

  private final Store store;
  private final Directives directives;
  private final Actions actions;
  private final Gate gate;
  private final InstantSource clock;

  public Schedules(Store store, Directives directives, Actions actions, Gate gate, InstantSource clock) {
    this.store = store;
    this.directives = directives;
    this.actions = actions;
    this.gate = gate;
    this.clock = clock;
  }

  /**
   * Makes a schedule.
   *
   * @throws ProblemException if the operator may not give the order, if the order is none, or if the name is taken
   */
  public Schedule create(Terms terms, Operator operator) {
    check(terms, operator);
    Instant now = now();
    var schedule = new Schedule(Identifiers.next(now.toEpochMilli()), terms, now, operator.account(), operator.name(),
        operator.rights().limit(), "", terms.enabled() ? terms.next(now) : Optional.empty());
    store.write(sql -> {
      var table = new ScheduleTable(sql);
      if (table.count() >= MAX_SCHEDULES) {
        throw new ProblemException(Problem.conflict("too-many-schedules",
            "There are " + MAX_SCHEDULES + " schedules already.", "Delete one that is no longer needed."));
      }
      refuseTaken(table, schedule);
      table.insert(schedule);
      return null;
    });
    return schedule;
  }

  /**
   * Changes a schedule in these fields. It runs as this operator from now on, unless it is only disabled.
   *
   * @throws ProblemException if the operator may give neither the present order nor the new one, or the terms are none
   */
  public Schedule change(Schedule seen, JsonObject given, Operator operator) {
    checkClass(seen, operator);
    Terms wanted = JsonBody.checked("", () -> seen.terms().changed(given));
    boolean onlyDisabled = given.names().equals(List.of("enabled")) && !wanted.enabled();
    if (!onlyDisabled) {
      check(wanted, operator);
    }
    return update(seen.id(), present -> {
      Schedule changed = present.with(JsonBody.checked("", () -> present.terms().changed(given)), now());
      return onlyDisabled
          ? changed
          : new Schedule(changed.id(), changed.terms(), changed.created(), operator.account(), operator.name(),
              operator.rights().limit(), changed.suspended(), changed.next());
    });
  }

  /** Ends a schedule; what it gave stays. */
  public void delete(Schedule schedule, Operator operator) {
    checkClass(schedule, operator);
    store.write(sql -> new ScheduleTable(sql).delete(schedule.id()));
  }

  /**
   * Gives the order now, as this operator, and leaves the schedule's times as they are.
   *
   * @param key under which the request may be repeated
   */
  public Directive runNow(Schedule schedule, OrderKey key, Operator operator) {
    checkClass(schedule, operator);
    Instant now = now();
    var giving = Giving.under(operator.account(), key).with((sql, directive) -> new ScheduleTable(sql)
        .record(schedule.id(), new Firing(now, now, directive.id(), "given by " + operator.name())));
    return directives.give(order(schedule), operator, giving);
  }

  /** One schedule; empty if there is none of this id. */
  public Optional<Schedule> find(String id) {
    return store.read(sql -> new ScheduleTable(sql).find(id));
  }

  /** All of them, by name. */
  public List<Schedule> all() {
    return store.read(sql -> new ScheduleTable(sql).all());
  }

  /** What came of it, newest first. */
  List<Firing> firings(Schedule schedule) {
    return store.read(sql -> new ScheduleTable(sql).firings(schedule.id()));
  }

  /** The order that a schedule gives. */
  static Order order(Schedule schedule) {
    return Order.fromJson(schedule.terms().order());
  }

  private Schedule update(String id, UnaryOperator<Schedule> change) {
    return store.write(sql -> {
      var table = new ScheduleTable(sql);
      Schedule changed = change.apply(table.find(id).orElseThrow(
          () -> new ProblemException(Problem.notFound("The schedule was deleted meanwhile."))));
      refuseTaken(table, changed);
      table.update(changed);
      return changed;
    });
  }

  private static void refuseTaken(ScheduleTable table, Schedule schedule) {
    if (table.taken(schedule.terms().name(), schedule.id())) {
      throw new ProblemException(Problem.conflict("name-taken",
          "There is a schedule of this name: " + schedule.terms().name() + ".", "Choose another name."));
    }
  }

  private void check(Terms terms, Operator operator) {
    Order order = JsonBody.checked("order", () -> Order.fromJson(terms.order()));
    try {
      if (!directives.check(order, operator).parameters().secrets().isEmpty()) {
        throw new ProblemException(Problem.invalidField("parameters",
            "A schedule cannot keep a secret: it would be stored for as long as the schedule lives.",
            "Give the order by hand, or leave the secret out."));
      }
    } catch (ProblemException e) {
      Problem problem = e.problem();
      if (problem.field().isEmpty()) {
        throw e;
      }
      throw new ProblemException(new Problem(problem.status(), problem.code(), problem.category(), problem.detail(),
          "order." + problem.field(), problem.fix()));
    }
  }

  /** An action that this server no longer has harms nobody, and anybody may end its schedule. */
  private void checkClass(Schedule schedule, Operator operator) {
    Optional<Action> action = actions.find(order(schedule).action());
    action.ifPresent(known -> gate.check(operator, known.description().actionClass()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
