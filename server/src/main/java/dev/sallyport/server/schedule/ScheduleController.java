package dev.sallyport.server.schedule;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.audit.NotAudited;
import dev.sallyport.server.directive.OrderKey;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.time.Window;
import dev.sallyport.server.web.JsonBody;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/schedules}. Whatever changes one asks the gate once more, by the class of its action. */
@RestController
public final class ScheduleController {
  /** Times told beforehand. */
  private static final int UPCOMING = 5;

  private final Schedules schedules;
  private final Gate gate;
  private final InstantSource clock;

  public ScheduleController(Schedules schedules, Gate gate, InstantSource clock) {
    this.schedules = schedules;
    this.gate = gate;
    this.clock = clock;
  }

  record Listed(List<ScheduleView> schedules) {}

  record Preview(List<Instant> upcoming) {}

  /** @param directive the id of what was given */
  record Given(String directive) {}

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @PostMapping("/api/v1/schedules")
  ResponseEntity<ScheduleView> create(@RequestBody ObjectNode body, Operator operator) {
    Schedule made = schedules.create(JsonBody.read(body, Terms::fromJson), operator);
    return ResponseEntity.created(URI.create("/api/v1/schedules/" + made.id())).body(whole(made));
  }

  /** The next times of {@code cron} in {@code timeZone}, for whoever is about to make a schedule. */
  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @NotAudited("changes nothing")
  @PostMapping("/api/v1/schedules/preview")
  Preview preview(@RequestBody ObjectNode body) {
    return JsonBody.read(body, json -> {
      json.onlyFields("cron", "timeZone");
      Cron cron = Terms.cron(json);
      ZoneId zone = Window.zone(json);
      return new Preview(cron.upcoming(clock.instant(), zone, UPCOMING));
    });
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/schedules")
  Listed list(Operator operator) {
    return new Listed(
        schedules.all().stream().filter(schedule -> isSeen(schedule, operator)).map(ScheduleView::of).toList());
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/schedules/{id}")
  ScheduleView show(@PathVariable String id, Operator operator) {
    return whole(find(id, operator));
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @PatchMapping("/api/v1/schedules/{id}")
  ScheduleView change(@PathVariable String id, @RequestBody ObjectNode body, Operator operator) {
    Schedule schedule = find(id, operator);
    JsonObject given = JsonBody.read(body, json -> json);
    return whole(schedules.change(schedule, given, operator));
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @DeleteMapping("/api/v1/schedules/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id, Operator operator) {
    schedules.delete(find(id, operator), operator);
  }

  /** Gives the order now; an {@code Idempotency-Key} makes it safe to repeat the request. */
  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @PostMapping("/api/v1/schedules/{id}/run-now")
  ResponseEntity<Given> runNow(@PathVariable String id,
      @RequestHeader(name = "Idempotency-Key", defaultValue = "") String key, Operator operator) {
    Schedule schedule = find(id, operator);
    var named = JsonNodeFactory.instance.objectNode().put("schedule", schedule.id());
    Directive given = schedules.runNow(schedule, OrderKey.of(key, named), operator);
    return ResponseEntity.created(URI.create("/api/v1/directives/" + given.id())).body(new Given(given.id()));
  }

  private ScheduleView whole(Schedule schedule) {
    List<Instant> upcoming = schedule.next()
        .map(time -> schedule.terms().cron().upcoming(time.minusMillis(1), schedule.terms().zone(), UPCOMING))
        .orElse(List.of());
    return ScheduleView.of(schedule, upcoming, schedules.firings(schedule));
  }

  /** Whoever does not see all machines sees the schedules that run as itself. */
  private boolean isSeen(Schedule schedule, Operator operator) {
    return schedule.account().equals(operator.account()) || gate.sight(operator).whole();
  }

  private Schedule find(String id, Operator operator) {
    return schedules.find(id).filter(schedule -> isSeen(schedule, operator))
        .orElseThrow(() -> new ProblemException(Problem.notFound("There is no schedule of this id.")));
  }
}
