package dev.sallyport.server.directive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.directive.batch.Batch;
import dev.sallyport.server.machine.Machine;
import dev.sallyport.server.machine.Machines;
import dev.sallyport.server.machine.Machines.Target;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;

/** Finds the machines an order is for. */
final class OrderTargets {
  private final Machines machines;
  private final Gate gate;

  OrderTargets(Machines machines, Gate gate) {
    this.machines = machines;
    this.gate = gate;
  }

  /**
   * The machines, in the order in which they are named, or by name. A pattern means those for which the operator may.
   *
   * @param classes what the order takes of the operator, for each machine
   * @throws ProblemException if there is none, or one of them may not be given directives, or not by this operator
   */
  List<Target> of(Order order, Operator operator, Set<ActionClass> classes) {
    List<Target> found = find(order.targets(), operator, classes);
    return order.batch().sequence() == Batch.Sequence.NAME
        ? found.stream().sorted(Comparator.comparing((Target target) -> Machine.key(target.name()))
            .thenComparing(Target::id)).toList()
        : found;
  }

  private List<Target> find(Order.Targets wanted, Operator operator, Set<ActionClass> classes) {
    return switch (wanted) {
      case Order.Targets.Named(List<String> ids) -> named(ids, operator, classes);
      case Order.Targets.Matching(var names) -> {
        List<Target> found = machines.targets(names,
            id -> classes.stream().allMatch(each -> gate.may(operator, each, id)), Order.MAX_MACHINES + 1);
        if (found.isEmpty()) {
          throw new ProblemException(
              Problem.invalidField("name", "No machine that you may give this directive has such a name.",
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

  private List<Target> named(List<String> ids, Operator operator, Set<ActionClass> classes) {
    Sight sight = gate.sight(operator);
    Map<String, Target> found = machines.targets(ids).stream().collect(Collectors.toMap(Target::id, target -> target));
    var targets = new ArrayList<Target>();
    for (int i = 0; i < ids.size(); i++) {
      Target target = found.get(ids.get(i));
      if (target == null || !sight.sees(target.id())) {
        throw new ProblemException(Problem.invalidField("machines[" + i + "]",
            "There is no machine of this id that may be given directives.",
            "GET /api/v1/machines lists them; a machine that is pending must be approved first."));
      }
      classes.forEach(each -> gate.check(operator, each, target.id()));
      targets.add(target);
    }
    return targets;
  }
}
