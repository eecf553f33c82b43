package dev.sallyport.server.directive;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.directive.dispatch.ChangeListener;
import dev.sallyport.server.directive.dispatch.Dispatcher;
import dev.sallyport.server.directive.dispatch.Reservation;
import dev.sallyport.server.directive.life.RunEvent;
import dev.sallyport.server.directive.life.RunLife;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.Ledger;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.machine.Machines;
import dev.sallyport.server.machine.Machines.Target;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.JsonBody;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;

/** Takes operators' orders. What it acknowledges is on the disk. */
public final class Directives {
  /** The order's field with the action's own parameters. */
  private static final String PARAMETERS = "parameters";

  private final Store store;
  private final Actions actions;
  private final Machines machines;
  private final Dispatcher dispatcher;
  private final Gate gate;
  private final ChangeListener changes;
  private final UuidV7 ids;
  private final InstantSource clock;

  public Directives(Store store, Actions actions, Machines machines, Dispatcher dispatcher, Gate gate,
      ChangeListener changes,
      UuidV7 ids, InstantSource clock) {
    this.store = store;
    this.actions = actions;
    this.machines = machines;
    this.dispatcher = dispatcher;
    this.gate = gate;
    this.changes = changes;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Stores an order and has it carried out. Every order passes here, whatever way it came, and the gate judges it by the class of its
   * action.
   *
   * @throws ProblemException if it is refused, saying why and naming the field at fault
   */
  public Directive give(Order order, Operator operator) {
    return give(order, operator, _ -> {
    });
  }

  /** Like {@link #give(Order, Operator)}; calls {@code stored} with the directive's id before any machine can hear of it. */
  Directive give(Order order, Operator operator, Consumer<String> stored) {
    Action action = actions.find(order.action())
        .orElseThrow(() -> new ProblemException(Problem.invalidField("action", "There is no action of this name.",
            "GET /api/v1/actions lists those there are.")));
    gate.check(operator, action.description().actionClass());
    JsonObject parameters = JsonBody.checked(PARAMETERS, () -> {
      JsonObject valid = action.description().validate(order.parameters());
      action.check(valid);
      return valid;
    });
    List<Target> targets = targets(order.targets());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var directive = new Directive(ids.next(), action.name(), parameters, now, operator.account(), operator.name(),
        now.plus(order.lifetime()), order.limits().time(), order.limits().outputBytes());
    Reservation reservation = dispatcher.reserve(directive,
        targets.stream().map(target -> key(directive, target)).toList());
    boolean isStored = false;
    try {
      List<Run> runs = runs(directive, targets, reservation);
      store.write(sql -> {
        new Ledger(sql).give(directive, runs);
        return null;
      });
      isStored = true;
    } finally {
      if (!isStored) {
        reservation.giveBack();
      }
    }
    changes.changed(directive.id());
    try {
      stored.accept(directive.id());
    } finally {
      reservation.begin();
    }
    return directive;
  }

  /**
   * Cancels what has not ended: queued runs at once, running ones as soon as their machines have stopped them. Who may give a directive may
   * cancel it.
   */
  public void cancel(Directive directive, Operator operator) {
    actions.find(directive.action()).ifPresent(action -> gate.check(operator, action.description().actionClass()));
    String reason = "cancelled by " + operator.name();
    int ended;
    do {
      ended = store.write(sql -> new Ledger(sql).cancelQueued(directive.id(), reason, clock.instant()));
    } while (ended == Ledger.BATCH);
    List<RunKey> asked;
    do {
      asked = store.write(sql -> new Ledger(sql).cancelRunning(directive.id(), reason, clock.instant()));
      dispatcher.cancel(asked);
    } while (asked.size() == Ledger.BATCH);
    changes.changed(directive.id());
  }

  private List<Target> targets(Order.Targets wanted) {
    return switch (wanted) {
      case Order.Targets.Named(List<String> ids) -> named(ids);
      case Order.Targets.Matching(var names) -> {
        List<Target> found = machines.targets(names, Order.MAX_MACHINES + 1);
        if (found.isEmpty()) {
          throw new ProblemException(
              Problem.invalidField("name", "No machine that may be given directives has such a name.",
                  "GET /api/v1/machines lists them; a machine that is pending must be approved first."));
        }
        if (found.size() > Order.MAX_MACHINES) {
          throw new ProblemException(
              Problem.invalidField("name", "More than " + Order.MAX_MACHINES + " machines have such a name.",
                  "Divide them among several directives."));
        }
        yield found;
      }
    };
  }

  private List<Target> named(List<String> ids) {
    Map<String, Target> found = machines.targets(ids).stream().collect(Collectors.toMap(Target::id, target -> target));
    var targets = new ArrayList<Target>();
    for (int i = 0; i < ids.size(); i++) {
      Target target = found.get(ids.get(i));
      if (target == null) {
        throw new ProblemException(Problem.invalidField("machines[" + i + "]",
            "There is no machine of this id that may be given directives.",
            "GET /api/v1/machines lists them; a machine that is pending must be approved first."));
      }
      targets.add(target);
    }
    return targets;
  }

  private static RunKey key(Directive directive, Target target) {
    return new RunKey(directive.id(), target.id());
  }

  private static List<Run> runs(Directive directive, List<Target> targets, Reservation reservation) {
    var runs = new ArrayList<Run>(targets.size());
    for (Target target : targets) {
      RunKey key = key(directive, target);
      boolean offered = reservation.holds(key);
      RunState queued = new RunState.Queued();
      RunState state = offered ? RunLife.next(queued, new RunEvent.Offered()) : queued;
      runs.add(new Run(key, target.name(), state, directive.created(),
          offered ? Optional.of(directive.created()) : Optional.empty(),
          Optional.empty(), OptionalInt.empty(), "", 0, false, JsonObject.EMPTY, runs.size() + 1L));
    }
    return runs;
  }
}
