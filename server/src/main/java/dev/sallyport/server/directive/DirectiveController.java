package dev.sallyport.server.directive;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.OperatorAuthentication;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.DirectiveTable;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.JsonBody;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/directives}: giving orders and seeing what became of them. */
@RestController
public final class DirectiveController {
  private static final int MAX_LIMIT = 200;
  private static final int DEFAULT_LIMIT = 50;

  /** An answer that took longer is only given if its reader still may see it; revoking bites within 5 s. */
  private static final Duration RECHECK_AFTER = Duration.ofSeconds(2);

  private final Directives directives;
  private final AnswerDesk desk;
  private final InstantSource clock;
  private final Store store;

  public DirectiveController(Directives directives, AnswerDesk desk, InstantSource clock, Store store) {
    this.directives = directives;
    this.clock = clock;
    this.desk = desk;
    this.store = store;
  }

  /**
   * The permission depends on the action, so {@link Directives#give} asks the gate again. With {@code Prefer: wait=SECONDS} the answer is an
   * {@link Answer} and comes when the directive has ended, or when the time is over.
   */
  @Requires(ActionClass.READ)
  @PostMapping("/api/v1/directives")
  ResponseEntity<Object> give(@RequestBody ObjectNode body,
      @RequestHeader(name = "Prefer", defaultValue = "") String prefer, Operator operator) throws InterruptedException {
    Order order = JsonBody.read(body, Order::fromJson);
    Optional<Duration> wait = WaitPreference.of(prefer);
    if (wait.isEmpty()) {
      Directive given = JsonBody.checked(() -> directives.give(order, operator));
      return created(given).body(DirectiveView.of(given, Map.of()));
    }
    try (AnswerDesk.Place place = desk.place()) {
      Directive given = JsonBody.checked(() -> directives.give(order, operator, place::watch));
      Instant begun = clock.instant();
      Answer answer = place.await(given, wait.get());
      if (begun.plus(RECHECK_AFTER).isBefore(clock.instant())) {
        refuseRevoked();
      }
      return created(given).header("Preference-Applied", "wait=" + wait.get().toSeconds()).body(answer);
    }
  }

  private static ResponseEntity.BodyBuilder created(Directive given) {
    return ResponseEntity.created(URI.create("/api/v1/directives/" + given.id()));
  }

  /** What was allowed when the wait began need not be at its end (incident T45). */
  private static void refuseRevoked() {
    if (!OperatorAuthentication.current().map(OperatorAuthentication::stillValid).orElse(false)) {
      throw new ProblemException(Problem.unauthenticated());
    }
  }

  @Requires(ActionClass.READ)
  @GetMapping("/api/v1/directives")
  Listed list(@RequestParam(defaultValue = "" + DEFAULT_LIMIT) int limit,
      @RequestParam(defaultValue = "") String before,
      @RequestParam(defaultValue = "") String machine) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new ProblemException(
          Problem.invalidField("limit", "There are no pages of this size.", "Use 1 to " + MAX_LIMIT + "."));
    }
    return store.read(sql -> {
      var table = new DirectiveTable(sql);
      List<Directive> found = machine.isEmpty() ? table.newest(before, limit) : table.newest(machine, before, limit);
      Map<String, Map<String, Long>> counts = new RunTable(sql).counts(found.stream().map(Directive::id).toList());
      return new Listed(found.stream().map(d -> DirectiveView.of(d, counts.getOrDefault(d.id(), Map.of()))).toList());
    });
  }

  @Requires(ActionClass.READ)
  @GetMapping("/api/v1/directives/{id}")
  DirectiveView one(@PathVariable String id) {
    return store.read(sql -> {
      Directive directive = new DirectiveTable(sql).find(id).orElseThrow(DirectiveController::unknown);
      var runs = new RunTable(sql);
      return DirectiveView.of(directive, runs.counts(List.of(id)).getOrDefault(id, Map.of()),
          runs.ofDirective(id).stream().map(RunView::of).toList());
    });
  }

  /** The permission depends on the action, so {@link Directives#cancel} asks the gate again. */
  @Requires(ActionClass.READ)
  @PostMapping("/api/v1/directives/{id}/cancel")
  @ResponseStatus(HttpStatus.ACCEPTED)
  DirectiveView cancel(@PathVariable String id, Operator operator) {
    directives.cancel(directives.find(id).orElseThrow(DirectiveController::unknown), operator);
    return one(id);
  }

  static ProblemException unknown() {
    return new ProblemException(Problem.notFound("There is no directive of this id."));
  }

  record Listed(List<DirectiveView> directives) {}
}
