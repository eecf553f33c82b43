package dev.sallyport.server.directive;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.OperatorAuthentication;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.audit.NotAudited;
import dev.sallyport.server.directive.queue.Cancels;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.RunKey;
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

/**
 * {@code /api/v1/directives}: gives directives and tells of them. Giving and cancelling ask the gate once more, by the class of the action,
 * which stands in the body.
 */
@RestController
public final class DirectiveController {
  /** Most directives of one page. */
  static final int MAX_PAGE = 500;
  private static final String DEFAULT_PAGE = "50";
  /** An answer that took longer is only given if its reader still may see it; revoking bites within 5 s. */
  private static final Duration RECHECK_AFTER = Duration.ofSeconds(2);

  private final Directives directives;
  private final Cancels cancels;
  private final DirectiveQueries queries;
  private final AnswerDesk desk;
  private final Gate gate;
  private final InstantSource clock;

  public DirectiveController(Directives directives, Cancels cancels, DirectiveQueries queries, AnswerDesk desk,
      Gate gate, InstantSource clock) {
    this.directives = directives;
    this.cancels = cancels;
    this.queries = queries;
    this.desk = desk;
    this.gate = gate;
    this.clock = clock;
  }

  record Listed(List<DirectiveView> directives) {}

  /**
   * With {@code Idempotency-Key: "KEY"} the same order under the same key gives the same directive once more.
   *
   * <p>With {@code Prefer: wait=SECONDS} the answer is an {@link Answer}, and comes when the directive has ended or the time is over.
   */
  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @NotAudited("recorded before any machine hears of it")
  @PostMapping("/api/v1/directives")
  ResponseEntity<Object> give(@RequestBody ObjectNode body,
      @RequestHeader(name = "Prefer", defaultValue = "") String prefer,
      @RequestHeader(name = "Idempotency-Key", defaultValue = "") String key, Operator operator)
      throws InterruptedException {
    Order order = JsonBody.read(body, Order::fromJson);
    Giving giving = Giving.under(operator.account(), directives.key(key, body));
    Optional<Duration> wait = WaitPreference.of(prefer);
    if (wait.isEmpty()) {
      Directive given = directives.give(order, operator, giving);
      return created(given).body(DirectiveView.given(given));
    }
    try (AnswerDesk.Place place = desk.place()) {
      Directive given = directives.give(order, operator, giving.telling(place::watch));
      if (!order.queue() || !key.isEmpty()) {
        place.mayHaveEnded();
      }
      Instant begun = clock.instant();
      Answer answer = place.await(given, wait.get());
      if (begun.plus(RECHECK_AFTER).isBefore(clock.instant())) {
        refuseRevoked();
      }
      return created(given).header("Preference-Applied", "wait=" + wait.get().toSeconds())
          .body(answer.seenBy(gate.sight(operator)));
    }
  }

  private static ResponseEntity.BodyBuilder created(Directive given) {
    return ResponseEntity.created(URI.create("/api/v1/directives/" + given.id()));
  }

  /** What was allowed when the wait began need not be at its end (incident T45). */
  private static void refuseRevoked() {
    if (!OperatorAuthentication.ofCaller().stillValid()) {
      throw new ProblemException(Problem.unauthenticated());
    }
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/directives")
  Listed list(@RequestParam(defaultValue = DEFAULT_PAGE) int limit, @RequestParam(defaultValue = "") String before,
      @RequestParam(defaultValue = "") String machine, Operator operator) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw wrong("limit", "The number of directives is out of range.", "Use 1 to " + MAX_PAGE + ".");
    }
    return new Listed(queries.newest(idOrNone("machine", machine), idOrNone("before", before), limit,
        gate.sight(operator)));
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/directives/{id}")
  DirectiveView show(@PathVariable String id, Operator operator) {
    return queries.whole(find(id, operator), gate.sight(operator));
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @PostMapping("/api/v1/directives/{id}/cancel")
  @ResponseStatus(HttpStatus.ACCEPTED)
  DirectiveView cancel(@PathVariable String id, Operator operator) {
    Directive directive = find(id, operator);
    cancels.directive(directive, operator);
    return queries.whole(directive, gate.sight(operator));
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @PostMapping("/api/v1/directives/{id}/runs/{machine}/cancel")
  @ResponseStatus(HttpStatus.ACCEPTED)
  RunView cancel(@PathVariable String id, @PathVariable String machine, Operator operator) {
    Directive directive = find(id, operator);
    var run = new RunKey(directive.id(), machine);
    if (!queries.hasRun(run) || !gate.sight(operator).sees(machine)) {
      throw new ProblemException(Problem.notFound("There is no such run."));
    }
    cancels.run(directive, run, operator);
    return queries.run(run)
        .orElseThrow(() -> new ProblemException(Problem.notFound("The run is gone with its directive.")));
  }

  /** What an operator may not see is not there. */
  private Directive find(String id, Operator operator) {
    return queries.find(id, gate.sight(operator))
        .orElseThrow(() -> new ProblemException(Problem.notFound("There is no directive of this id.")));
  }

  private static String idOrNone(String field, String value) {
    if (!value.isEmpty() && !DirectiveQueries.isId(value)) {
      throw wrong(field, "This is not an id.", "Use an id as the lists show it.");
    }
    return value;
  }

  private static ProblemException wrong(String field, String detail, String fix) {
    return new ProblemException(Problem.invalidField(field, detail, fix));
  }
}
