package dev.sallyport.server.machine;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.access.Scope;
import dev.sallyport.server.machine.MachineQuery.Presence;
import dev.sallyport.server.web.JsonBody;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/machines}: who is managed here. */
@RestController
public final class MachineController {
  private final Machines machines;
  private final LinkIncidents incidents;
  private final Gate gate;

  public MachineController(Machines machines, LinkIncidents incidents, Gate gate) {
    this.machines = machines;
    this.incidents = incidents;
    this.gate = gate;
  }

  /** One machine with what only its own page shows. */
  record Details(@JsonUnwrapped MachineView machine, String fingerprint, String bootId, List<MachineAlarm> alarms) {}

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/machines")
  MachinePage list(@RequestParam(defaultValue = "*") String name, @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "" + MachineQuery.DEFAULT_LIMIT) int limit,
      @RequestParam(defaultValue = "") String after, Operator operator) {
    if (limit < 1 || limit > MachineQuery.MAX_LIMIT) {
      throw wrong("limit", "The number of machines is out of range.", "Use 1 to " + MachineQuery.MAX_LIMIT + ".");
    }
    NameGlob names = names(name);
    try {
      return machines.list(new MachineQuery(names, presence(state), after, limit), gate.sight(operator));
    } catch (ProtocolException e) {
      throw wrong("after", "This is not where a page ended.", "Use the value of \"next\" from the page before.");
    }
  }

  private static NameGlob names(String pattern) {
    try {
      return new NameGlob(pattern);
    } catch (ProtocolException e) {
      throw wrong("name", "The pattern is too long, or holds characters that no name has.",
          "Use at most " + NameGlob.MAX_LENGTH + " characters; * and ? are wildcards.");
    }
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/machines/{id}")
  Details show(@PathVariable String id, Operator operator) {
    Machine machine = find(id, operator);
    return new Details(machines.view(machine), machine.fingerprint(), machine.bootId(), incidents.alarms(id));
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/machines/{id}/connection")
  ConnectionView connection(@PathVariable String id, Operator operator) {
    return machines.connection(find(id, operator));
  }

  /** Replaces the machine's tags. Grants go by them, so whoever sets one must hold the class for all machines. */
  @Requires(ActionClass.POLICY)
  @PutMapping("/api/v1/machines/{id}/tags")
  MachineView tag(@PathVariable String id, @RequestBody ObjectNode body, Operator operator) {
    Machine machine = find(id, operator);
    machines.tag(machine.id(), JsonBody.read(body, MachineController::tags));
    return machines.view(machine);
  }

  private static Set<String> tags(JsonObject json) {
    json.onlyFields("tags");
    var tags = new TreeSet<String>(json.strings("tags", Tags.MAX_PER_MACHINE, Scope.MAX_TAG_LENGTH));
    if (!tags.stream().allMatch(tag -> Scope.TAG.matcher(tag).matches())) {
      throw json.refused("tags", "expected words of a-z, 0-9 and . _ - between them");
    }
    return tags;
  }

  @Requires(value = ActionClass.POLICY, reach = Reach.MACHINES)
  @PostMapping("/api/v1/machines/{id}/approve")
  MachineView approve(@PathVariable String id, Operator operator) {
    Machine machine = find(id, operator);
    gate.check(operator, ActionClass.POLICY, id);
    if (!machines.approve(id)) {
      throw new ProblemException(
          Problem.conflict("not-pending", "This machine is " + machine.state().word() + " and does not wait for"
              + " approval.", machine.state() == MachineState.REVOKED ? "Enrol it anew." : ""));
    }
    return machines.view(find(id, operator));
  }

  @Requires(value = ActionClass.POLICY, reach = Reach.MACHINES)
  @PostMapping("/api/v1/machines/{id}/revoke")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable String id, Operator operator) {
    Machine machine = find(id, operator);
    gate.check(operator, ActionClass.POLICY, id);
    machines.revoke(machine.id());
  }

  /** What an operator may not see is not there. */
  private Machine find(String id, Operator operator) {
    return machines.find(id).filter(machine -> gate.sight(operator).sees(machine.id()))
        .orElseThrow(() -> new ProblemException(Problem.notFound("There is no machine of this id.")));
  }

  private static Presence presence(String state) {
    return switch (state) {
      case "" -> Presence.ANY;
      case "online" -> Presence.ONLINE;
      case "offline" -> Presence.OFFLINE;
      case "pending" -> Presence.PENDING;
      default -> throw wrong("state", "There is no such state.", "Use online, offline or pending, or leave it out.");
    };
  }

  private static ProblemException wrong(String field, String detail, String fix) {
    return new ProblemException(Problem.invalidField(field, detail, fix));
  }
}
