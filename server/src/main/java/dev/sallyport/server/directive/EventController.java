package dev.sallyport.server.directive;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.access.route.OperatorStreams;
import dev.sallyport.server.directive.record.DirectiveTable;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.event.ChangeWatch;
import dev.sallyport.server.event.DirectiveWatch;
import dev.sallyport.server.machine.Machines;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.EventStream;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Live events: one directive's, resumable; and what changes anywhere. */
@RestController
public final class EventController {
  private static final int MAX_ID_DIGITS = 18;

  private final Store store;
  private final Directives directives;
  private final Machines machines;
  private final ChangeFeed feed;
  private final OperatorStreams streams;

  public EventController(Store store, Directives directives, Machines machines, ChangeFeed feed,
      OperatorStreams streams) {
    this.store = store;
    this.directives = directives;
    this.machines = machines;
    this.feed = feed;
    this.streams = streams;
  }

  @Requires(ActionClass.READ)
  @GetMapping("/api/v1/directives/{id}/events")
  void ofDirective(@PathVariable String id, @RequestHeader(name = "Last-Event-ID", defaultValue = "0") String last,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (directives.find(id).isEmpty()) {
      throw DirectiveController.unknown();
    }
    long after = number(last);
    try (DirectiveWatch watch = feed.watch(id)) {
      streams.serve(request, response, new DirectiveEvents(store, watch, id, after));
    }
  }

  @Requires(ActionClass.READ)
  @GetMapping("/api/v1/events")
  void ofAll(HttpServletRequest request, HttpServletResponse response) {
    try (ChangeWatch watch = feed.watch()) {
      streams.serve(request, response, (stream, atMost) -> tell(watch, stream, atMost));
    }
  }

  private void tell(ChangeWatch watch, EventStream stream, Duration atMost) throws IOException, InterruptedException {
    ChangeWatch.Changes changes = watch.take(atMost);
    if (watch.overrun()) {
      stream.end(); // the client missed something: it comes back and reads its lists anew
      return;
    }
    for (var machine : machines.views(changes.machines())) {
      stream.send("machine", "", machine);
    }
    for (String id : changes.directives()) {
      var view = store.read(sql -> new DirectiveTable(sql).find(id)
          .map(directive -> DirectiveView.of(directive,
              new RunTable(sql).counts(List.of(id)).getOrDefault(id, Map.of()))));
      if (view.isPresent()) {
        stream.send("directive", "", view.get());
      }
    }
  }

  private static long number(String last) {
    if (last.isEmpty() || last.length() > MAX_ID_DIGITS || !last.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new ProblemException(Problem.invalidField("Last-Event-ID", "This is not the id of an event of this stream.",
          "Leave the header out to read from the beginning."));
    }
    return Long.parseLong(last);
  }
}
