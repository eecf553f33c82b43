package dev.sallyport.server.directive;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Actors;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.Confidential;
import dev.sallyport.server.audit.Audit;
import dev.sallyport.server.audit.AuditEvent.Actor;
import dev.sallyport.server.directive.dispatch.BatchKeeper;
import dev.sallyport.server.directive.dispatch.Dispatcher;
import dev.sallyport.server.directive.dispatch.Reservation;
import dev.sallyport.server.directive.dispatch.Workshop;
import dev.sallyport.server.directive.life.RunEvent;
import dev.sallyport.server.directive.life.RunLife;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.DirectiveTable;
import dev.sallyport.server.directive.record.KeyTable;
import dev.sallyport.server.directive.record.Ledger;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.machine.Machines;
import dev.sallyport.server.machine.Machines.Target;
import dev.sallyport.server.store.StoreUnavailableException;
import dev.sallyport.server.web.Category;
import dev.sallyport.server.web.JsonBody;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** Takes operators' orders. What it acknowledges is on the disk. */
public final class Directives {
  /** The order's field with the action's own parameters. */
  private static final String PARAMETERS = "parameters";

  private final Workshop workshop;
  private final OrderTargets targets;
  private final Dispatcher dispatcher;
  private final BatchKeeper keeper;
  private final Gate gate;
  private final UuidV7 ids;
  private final DirectiveSecrets secrets;
  private final Audit audit;

  public Directives(Workshop workshop, Machines machines, Dispatcher dispatcher, BatchKeeper keeper, Gate gate,
      UuidV7 ids, Audit audit) {
    this.workshop = workshop;
    this.targets = new OrderTargets(machines, gate);
    this.dispatcher = dispatcher;
    this.keeper = keeper;
    this.gate = gate;
    this.ids = ids;
    this.audit = audit;
    this.secrets = new DirectiveSecrets(workshop.vault());
  }

  /**
   * Stores an order and has it carried out. Every order passes here, whatever way it came, and the gate judges it by the class of its
   * action.
   *
   * @throws ProblemException if it is refused, saying why and naming the field at fault
   */
  public Directive give(Order order, Operator operator) {
    return give(order, operator, Giving.under(operator.account(), OrderKey.NONE));
  }

  /**
   * Like {@link #give(Order, Operator)}. An order whose key was used before gives the directive that it gave then.
   *
   * @throws ProblemException 422 {@code key-reused} if the key was used for another order, besides
   */
  public Directive give(Order order, Operator operator, Giving giving) {
    Checked checked = check(order, operator);
    Optional<Directive> before = giving.key() instanceof OrderKey.Named
        ? workshop.store().read(sql -> repeated(sql, giving))
        : Optional.empty();
    if (before.isPresent()) {
      giving.stored().accept(before.get().id());
      return before.get();
    }
    List<Target> found = targets.of(order, operator, checked.classes());
    Instant now = workshop.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    refuseVainWindow(order, now);
    return store(order, found,
        new Directive(ids.next(), checked.action().name(), checked.parameters().shown(), now, operator.account(),
            operator.name(), now.plus(order.lifetime()), order.limits().time(), order.limits().outputBytes(),
            order.batch()),
        secrets.beside(giving, checked.parameters()), Actors.of(operator));
  }

  /**
   * An order that its operator may give.
   *
   * @param parameters validated, completed with defaults, and apart from their secrets
   * @param classes what giving it takes, for each of its machines
   */
  public record Checked(Action action, Confidential parameters, Set<ActionClass> classes) {}

  /**
   * Judges an order apart from its machines.
   *
   * @throws ProblemException if it is refused, saying why and naming the field at fault
   */
  public Checked check(Order order, Operator operator) {
    Action action = workshop.actions().find(order.action())
        .orElseThrow(() -> new ProblemException(Problem.invalidField("action", "There is no action of this name.",
            "GET /api/v1/actions lists those there are.")));
    gate.check(operator, action.description().actionClass());
    JsonObject parameters = JsonBody.checked(PARAMETERS, () -> {
      JsonObject valid = action.settle(action.description().validate(order.parameters()));
      action.check(valid);
      return valid;
    });
    Set<ActionClass> classes = action.classes(parameters);
    classes.forEach(each -> gate.check(operator, each));
    action.sources(parameters).forEach(source -> checkSource(action, operator, source));
    return new Checked(action, action.description().part(parameters), classes);
  }

  /** What came from a machine may be sent on only by whoever may fetch it there (incident T23). */
  private void checkSource(Action action, Operator operator, String machine) {
    if (!gate.may(operator, ActionClass.FILE_GET, machine)) {
      throw new ProblemException(Problem.forbidden("What " + action.name()
          + " would send came from a machine whose files you may not fetch.", "Send a file of your own."));
    }
  }

  private static void refuseVainWindow(Order order, Instant now) {
    if (!order.batch().window().opens(now).isBefore(now.plus(order.lifetime()))) {
      throw new ProblemException(Problem.invalidField("batch.window",
          "The window does not open before the directive's lifetime is over.",
          "Give a longer lifetimeSeconds, or another window."));
    }
  }

  /** The directive that this key gave before, if it did. */
  private static Optional<Directive> repeated(JdbcClient sql, Giving giving) {
    if (!(giving.key() instanceof OrderKey.Named key)) {
      return Optional.empty();
    }
    Optional<KeyTable.Used> used = new KeyTable(sql).find(giving.giver(), key.text());
    if (used.isPresent() && !used.get().fingerprint().equals(key.fingerprint())) {
      throw new ProblemException(new Problem(422, "key-reused", Category.USER,
          "This Idempotency-Key was used for another order, which gave the directive " + used.get().directive() + ".",
          "Idempotency-Key", "Use a new key for a new order."));
    }
    return used.flatMap(earlier -> new DirectiveTable(sql).find(earlier.directive()));
  }

  private Directive store(Order order, List<Target> found, Directive directive, Giving giving, Actor actor) {
    Reservation reservation = dispatcher.reserve(directive, directive.batch().holds()
        ? List.of()
        : found.stream().map(target -> key(directive, target)).toList());
    boolean isStored = false;
    Directive earlier;
    try {
      List<Run> runs = runs(order, directive, found, reservation);
      Audit.Pending told = audit.begin(GivenEvents.of(directive, runs, actor));
      earlier = write(directive, runs, giving, told);
      isStored = earlier.id().equals(directive.id());
    } finally {
      if (!isStored) {
        reservation.giveBack();
      }
    }
    workshop.changes().changed(earlier.id());
    try {
      giving.stored().accept(earlier.id());
    } finally {
      if (isStored) {
        reservation.begin();
        if (directive.batch().holds()) {
          keeper.add(directive);
        }
      }
    }
    return earlier;
  }

  /**
   * Stores a directive that the audit log is being told of. Both reach the disk at the same time; a run that waits for its machine could be
   * handed over as soon as it is stored, so that with such the log comes first.
   */
  private Directive write(Directive directive, List<Run> runs, Giving giving, Audit.Pending told) {
    if (runs.stream().anyMatch(run -> run.state() instanceof RunState.Queued)) {
      told.await();
    }
    Directive earlier;
    try {
      earlier = workshop.store().write(sql -> repeated(sql, giving).orElseGet(() -> {
        new Ledger(sql).give(directive, runs);
        if (giving.key() instanceof OrderKey.Named key) {
          new KeyTable(sql).insert(giving.giver(), key.text(), new KeyTable.Used(key.fingerprint(), directive.id()));
        }
        giving.beside().store(sql, directive);
        return directive;
      }));
    } catch (RuntimeException e) {
      audit.record(GivenEvents.none(directive.id(), "not stored"));
      throw e;
    }
    if (!earlier.id().equals(directive.id())) {
      audit.record(GivenEvents.none(directive.id(), "given before as " + earlier.id()));
      return earlier;
    }
    try {
      told.await();
    } catch (StoreUnavailableException e) {
      withdraw(runs);
      throw e;
    }
    return directive;
  }

  /** Ends runs that no machine may hear of, because they could not be recorded. */
  private void withdraw(List<Run> runs) {
    workshop.store().write(sql -> {
      var ledger = new Ledger(sql);
      for (Run run : runs) {
        RunEvent end = run.state() instanceof RunState.Running
            ? new RunEvent.Reported(Outcome.REFUSED)
            : new RunEvent.CancelAsked();
        ledger.happen(run.key(), end, "the audit log could not record it", workshop.clock().instant());
      }
      return null;
    });
  }

  private static RunKey key(Directive directive, Target target) {
    return new RunKey(directive.id(), target.id());
  }

  private List<Run> runs(Order order, Directive directive, List<Target> found, Reservation reservation) {
    var runs = new ArrayList<Run>(found.size());
    for (Target target : found) {
      RunKey key = key(directive, target);
      Optional<RunEvent> first = first(order, key, reservation);
      RunState queued = new RunState.Queued();
      RunState state = first.map(event -> RunLife.next(queued, event)).orElse(queued);
      Optional<Instant> at = Optional.of(directive.created());
      runs.add(new Run(key, target.name(), state, directive.created(),
          state instanceof RunState.Running ? at : Optional.empty(), state.ended() ? at : Optional.empty(),
          OptionalInt.empty(), state.ended() ? Directive.AWAY : "", 0, false, JsonObject.EMPTY, runs.size() + 1L));
    }
    return runs;
  }

  /** What happens to a run as soon as it is stored; nothing if it has to wait. */
  private Optional<RunEvent> first(Order order, RunKey run, Reservation reservation) {
    if (reservation.holds(run)) {
      return Optional.of(new RunEvent.Offered());
    }
    return order.queue() || workshop.switchboard().connected(run.machine())
        ? Optional.empty()
        : Optional.of(new RunEvent.LifetimeEnded());
  }

  /** The key of an order that is given in this body. */
  OrderKey key(String header, ObjectNode body) {
    return OrderKey.of(header,
        DirectiveSecrets.masked(body, workshop.actions().find(body.path("action").asString(""))));
  }
}
