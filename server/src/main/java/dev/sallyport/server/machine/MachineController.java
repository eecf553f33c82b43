package dev.sallyport.server.machine;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.machine.MachineQuery.Presence;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/machines}: who is managed here. */
@RestController
public final class MachineController {
  private final Machines machines;
  private final LinkIncidents incidents;

  public MachineController(Machines machines, LinkIncidents incidents) {
    this.machines = machines;
    this.incidents = incidents;
  }

  /** One machine with what only its own page shows. */
  record Details(@JsonUnwrapped MachineView machine, String fingerprint, String bootId, List<MachineAlarm> alarms) {}

  @Requires(ActionClass.READ)
  @GetMapping("/api/v1/machines")
  MachinePage list(@RequestParam(defaultValue = "*") String name, @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "" + MachineQuery.DEFAULT_LIMIT) int limit,
      @RequestParam(defaultValue = "") String after) {
    if (limit < 1 || limit > MachineQuery.MAX_LIMIT) {
      throw wrong("limit", "The number of machines is out of range.", "Use 1 to " + MachineQuery.MAX_LIMIT + ".");
    }
    NameGlob names = names(name);
    try {
      return machines.list(new MachineQuery(names, presence(state), after, limit));
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

  @Requires(ActionClass.READ)
  @GetMapping("/api/v1/machines/{id}")
  Details show(@PathVariable String id) {
    Machine machine = find(id);
    return new Details(machines.view(machine), machine.fingerprint(), machine.bootId(), incidents.alarms(id));
  }

  @Requires(ActionClass.READ)
  @GetMapping("/api/v1/machines/{id}/connection")
  ConnectionView connection(@PathVariable String id) {
    return machines.connection(find(id));
  }

  @Requires(ActionClass.POLICY)
  @PostMapping("/api/v1/machines/{id}/approve")
  MachineView approve(@PathVariable String id) {
    Machine machine = find(id);
    if (!machines.approve(id)) {
      throw new ProblemException(
          Problem.conflict("not-pending", "This machine is " + machine.state().word() + " and does not wait for"
              + " approval.", machine.state() == MachineState.REVOKED ? "Enrol it anew." : ""));
    }
    return machines.view(find(id));
  }

  @Requires(ActionClass.POLICY)
  @PostMapping("/api/v1/machines/{id}/revoke")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable String id) {
    machines.revoke(find(id).id());
  }

  private Machine find(String id) {
    return machines.find(id)
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
