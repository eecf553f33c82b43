package dev.sallyport.server.directive.queue;

import java.util.function.Supplier;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.machine.Machine;
import dev.sallyport.server.machine.Machines;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/queue}: what waits and what runs. Clearing a queue asks for each directive by the class of its action. */
@RestController
public final class QueueController {
  private static final String DEFAULT_PAGE = "100";

  private final Queue queue;
  private final Cancels cancels;
  private final Machines machines;
  private final Gate gate;

  public QueueController(Queue queue, Cancels cancels, Machines machines, Gate gate) {
    this.queue = queue;
    this.cancels = cancels;
    this.machines = machines;
    this.gate = gate;
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/queue")
  QueuePage all(@RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = DEFAULT_PAGE) int limit,
      Operator operator) {
    return page(limit, () -> queue.all(after, limit, gate.sight(operator)));
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/machines/{id}/queue")
  QueuePage of(@PathVariable String id, @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = DEFAULT_PAGE) int limit, Operator operator) {
    Machine machine = find(id, operator);
    return page(limit, () -> queue.of(machine.id(), after, limit));
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @PostMapping("/api/v1/machines/{id}/queue/cancel")
  Cancels.Cleared clear(@PathVariable String id, Operator operator) {
    return cancels.queue(find(id, operator).id(), operator);
  }

  private static QueuePage page(int limit, Supplier<QueuePage> query) {
    if (limit < 1 || limit > Queue.MAX_PAGE) {
      throw wrong("limit", "The number of runs is out of range.", "Use 1 to " + Queue.MAX_PAGE + ".");
    }
    try {
      return query.get();
    } catch (ProtocolException e) {
      throw wrong("after", "This is not where a page ended.", "Use the value of \"next\" from the page before.");
    }
  }

  private Machine find(String id, Operator operator) {
    return machines.find(id).filter(machine -> gate.sight(operator).sees(machine.id()))
        .orElseThrow(() -> new ProblemException(Problem.notFound("There is no machine of this id.")));
  }

  private static ProblemException wrong(String field, String detail, String fix) {
    return new ProblemException(Problem.invalidField(field, detail, fix));
  }
}
