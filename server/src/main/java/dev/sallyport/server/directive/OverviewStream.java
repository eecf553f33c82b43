package dev.sallyport.server.directive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.server.access.Sight;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.event.ChangeWatch;
import dev.sallyport.server.machine.MachineView;
import dev.sallyport.server.machine.Machines;
import dev.sallyport.server.web.EventSource;
import dev.sallyport.server.web.EventStream;

/**
 * Tells a client which machines and directives change, each as it is now. It has no history: a client that comes anew reads the lists
 * anew.
 */
final class OverviewStream implements EventSource, AutoCloseable {
  /** Changes that come together are told together, once each: ten thousand machines may come at once. */
  private static final Duration GATHER = Duration.ofMillis(200);
  /** Things looked up at a time. */
  private static final int PAGE = 500;

  private final Machines machines;
  private final DirectiveQueries directives;
  private final ChangeWatch watch;
  private final Sight sight;

  /** @param sight of which machines it tells */
  OverviewStream(Machines machines, DirectiveQueries directives, ChangeFeed feed, Sight sight) {
    this.machines = machines;
    this.directives = directives;
    this.watch = feed.watch();
    this.sight = sight;
  }

  @Override
  public void next(EventStream stream, Duration atMost) throws IOException, InterruptedException {
    ChangeWatch.Changes changes = watch.take(atMost, GATHER);
    for (List<String> ids : pages(changes.machines())) {
      for (MachineView machine : machines.views(ids.stream().filter(sight::sees).toList())) {
        stream.send("machine", "", machine);
      }
    }
    for (List<String> ids : pages(changes.directives())) {
      for (DirectiveView directive : directives.views(ids, sight)) {
        stream.send("directive", "", directive);
      }
    }
    if (watch.overrun()) {
      stream.end(); // the client misses something now; it comes anew
    }
  }

  @Override
  public void close() {
    watch.close();
  }

  private static List<List<String>> pages(Iterable<String> ids) {
    var pages = new ArrayList<List<String>>();
    for (String id : ids) {
      if (pages.isEmpty() || pages.getLast().size() == PAGE) {
        pages.add(new ArrayList<>());
      }
      pages.getLast().add(id);
    }
    return pages;
  }
}
