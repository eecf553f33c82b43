package dev.sallyport.server.directive.queue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.directive.dispatch.Dispatcher;
import dev.sallyport.server.directive.dispatch.Workshop;
import dev.sallyport.server.directive.life.RunEvent;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.Ledger;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;

/**
 * Takes orders back: queued runs end at once, running ones as soon as their machines have stopped them. Who may give a directive may
 * cancel it.
 */
public final class Cancels {
  private final Workshop workshop;
  private final Dispatcher dispatcher;
  private final Gate gate;

  public Cancels(Workshop workshop, Dispatcher dispatcher, Gate gate) {
    this.workshop = workshop;
    this.dispatcher = dispatcher;
    this.gate = gate;
  }

  /**
   * Cancels what has not ended of a directive.
   *
   * @throws dev.sallyport.server.web.ProblemException 403 if it has machines for which the operator may not
   */
  public void directive(Directive directive, Operator operator) {
    for (ActionClass each : classes(directive)) {
      gate.check(operator, each);
      if (!gate.mayEverywhere(operator, each)) {
        machines(directive).forEach(machine -> gate.check(operator, each, machine));
      }
    }
    String reason = reason(operator);
    int ended;
    do {
      ended = workshop.store()
          .write(sql -> new Ledger(sql).cancelQueued(directive.id(), reason, workshop.clock().instant()));
    } while (ended == Ledger.BATCH);
    List<RunKey> asked;
    do {
      asked = workshop.store()
          .write(sql -> new Ledger(sql).cancelRunning(directive.id(), reason, workshop.clock().instant()));
      dispatcher.cancel(asked);
    } while (asked.size() == Ledger.BATCH);
    workshop.changes().changed(directive.id());
  }

  /** Cancels one run of a directive if it has not ended. */
  public void run(Directive directive, RunKey run, Operator operator) {
    classes(directive).forEach(each -> gate.check(operator, each, run.machine()));
    Optional<RunState> after = workshop.store()
        .write(sql -> new Ledger(sql).happen(run, new RunEvent.CancelAsked(), reason(operator),
            workshop.clock().instant()));
    if (after.isPresent() && after.get() instanceof RunState.Running) {
      dispatcher.cancel(List.of(run));
    }
    workshop.changes().changed(directive.id());
  }

  /**
   * How many runs were taken out of a queue.
   *
   * @param cancelled these
   * @param kept those that the operator's role may not cancel
   */
  public record Cleared(int cancelled, int kept) {}

  /** Cancels what waits for a machine, as far as the operator may; what runs goes on. */
  public Cleared queue(String machine, Operator operator) {
    Set<ActionClass> held = Arrays.stream(ActionClass.values()).filter(each -> gate.may(operator, each, machine))
        .collect(Collectors.toSet());
    int cancelled = 0;
    int kept = 0;
    String after = "";
    do {
      String from = after;
      Ledger.QueueCut cut = workshop.store().write(sql -> new Ledger(sql).cancelQueue(machine, from,
          action -> may(held, action), reason(operator), workshop.clock().instant()));
      cut.cancelled().forEach(workshop.changes()::changed);
      cancelled += cut.cancelled().size();
      kept += cut.kept();
      after = cut.next();
    } while (!after.isEmpty());
    return new Cleared(cancelled, kept);
  }

  /** An action that this server no longer has harms nobody, and anybody may take it back. */
  private Set<ActionClass> classes(Directive directive) {
    return workshop.actions().find(directive.action()).map(action -> action.classes(directive.parameters()))
        .orElse(Set.of());
  }

  private List<String> machines(Directive directive) {
    return workshop.store().read(sql -> new RunTable(sql).machines(directive.id()));
  }

  private boolean may(Set<ActionClass> held, String actionName) {
    return workshop.actions().find(actionName)
        .map(action -> held.contains(action.description().actionClass())).orElse(true);
  }

  private static String reason(Operator operator) {
    return "cancelled by " + operator.name();
  }
}
