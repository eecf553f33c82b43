package dev.sallyport.server.directive;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.access.route.OperatorStreams;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.machine.Machines;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Server-sent events: of one directive with its whole history, and of everything as it changes. */
@RestController
public final class EventController {
  /** Digits of an event's number; more do not fit a long. */
  private static final int MAX_NUMBER_DIGITS = 18;

  private final OperatorStreams streams;
  private final Store store;
  private final ChangeFeed feed;
  private final DirectiveQueries directives;
  private final Machines machines;
  private final Gate gate;

  public EventController(OperatorStreams streams, Store store, ChangeFeed feed, DirectiveQueries directives,
      Machines machines, Gate gate) {
    this.streams = streams;
    this.store = store;
    this.feed = feed;
    this.directives = directives;
    this.machines = machines;
    this.gate = gate;
  }

  /** Resumes after the event whose id the client sends. */
  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/directives/{id}/events")
  void directive(@PathVariable String id, @RequestHeader(name = "Last-Event-ID", defaultValue = "0") String last,
      HttpServletRequest request, HttpServletResponse response, Operator operator) {
    Sight sight = gate.sight(operator);
    if (directives.find(id, sight).isEmpty()) {
      throw new ProblemException(Problem.notFound("There is no directive of this id."));
    }
    try (var source = new DirectiveStream(store, feed, id, number(last), sight)) {
      streams.serve(request, response, source);
    }
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/events")
  void everything(HttpServletRequest request, HttpServletResponse response, Operator operator) {
    try (var source = new OverviewStream(machines, directives, feed, gate.sight(operator))) {
      streams.serve(request, response, source);
    }
  }

  private static long number(String last) {
    if (last.isEmpty() || last.length() > MAX_NUMBER_DIGITS || !last.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new ProblemException(Problem.invalidField("Last-Event-ID", "This is not the id of an event of this stream.",
          "Send the id of the last event, or leave the header out to read from the beginning."));
    }
    return Long.parseLong(last);
  }
}
