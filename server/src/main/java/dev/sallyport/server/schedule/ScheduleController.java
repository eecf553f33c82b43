package dev.sallyport.server.schedule;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.audit.NotAudited;
import dev.sallyport.server.directive.OrderKey;
import dev.sallyport.server.directive.batch.Window;
import dev.sallyport.server.directive.record.Directive;
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
  private final InstantSource clock;

  public ScheduleController(Schedules schedules, InstantSource clock) {
    this.schedules = schedules;
    this.clock = clock;
  }

  record Listed(List<ScheduleView> schedules) {}

  record Preview(List<Instant> upcoming) {}

  /** @param directive the id of what was given */
  record Given(String directive) {}

  @Requires(ActionClass.READ)
  @PostMapping("/api/v1/schedules")
  ResponseEntity<ScheduleView> create(@RequestBody ObjectNode body, Operator operator) {
    Schedule made = schedules.create(JsonBody.read(body, Terms::fromJson), operator);
    return ResponseEntity.created(URI.create("/api/v1/schedules/" + made.id())).body(whole(made));
  }

  /** The next times of {@code cron} in {@code timeZone}, for whoever is about to make a schedule. */
  @Requires(ActionClass.READ)
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

  @Requires(ActionClass.READ)
  @GetMapping("/api/v1/schedules")
  Listed list() {
    return new Listed(schedules.all().stream().map(ScheduleView::of).toList());
  }

  @Requires(ActionClass.READ)
  @GetMapping("/api/v1/schedules/{id}")
  ScheduleView show(@PathVariable String id) {
    return whole(find(id));
  }

  @Requires(ActionClass.READ)
  @PatchMapping("/api/v1/schedules/{id}")
  ScheduleView change(@PathVariable String id, @RequestBody ObjectNode body, Operator operator) {
    Schedule schedule = find(id);
    JsonObject given = JsonBody.read(body, json -> json);
    return whole(schedules.change(schedule, given, operator));
  }

  @Requires(ActionClass.READ)
  @DeleteMapping("/api/v1/schedules/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id, Operator operator) {
    schedules.delete(find(id), operator);
  }

  /** Gives the order now; an {@code Idempotency-Key} makes it safe to repeat the request. */
  @Requires(ActionClass.READ)
  @PostMapping("/api/v1/schedules/{id}/run-now")
  ResponseEntity<Given> runNow(@PathVariable String id,
      @RequestHeader(name = "Idempotency-Key", defaultValue = "") String key, Operator operator) {
    Schedule schedule = find(id);
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

  private Schedule find(String id) {
    return schedules.find(id)
        .orElseThrow(() -> new ProblemException(Problem.notFound("There is no schedule of this id.")));
  }
}
