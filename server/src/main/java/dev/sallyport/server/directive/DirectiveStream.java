package dev.sallyport.server.directive;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import dev.sallyport.server.access.Sight;
import dev.sallyport.server.directive.record.DirectiveLog;
import dev.sallyport.server.directive.record.DirectiveLog.Entry;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.event.DirectiveWatch;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.EventSource;
import dev.sallyport.server.web.EventStream;

/**
 * Tells a client what happens to one directive, from any point of its history to its end. It reads the database, woken by the feed, so
 * it tells nothing that is not on the disk, keeps nothing for a slow client, and an event's id alone says where to go on.
 */
final class DirectiveStream implements EventSource, AutoCloseable {
  private final Store store;
  private final String directive;
  private final DirectiveWatch watch;
  private final Sight sight;
  private long told;
  private boolean caughtUp;

  /**
   * @param after number of the last event the client has; 0 begins at the beginning
   * @param sight of which machines it tells
   */
  DirectiveStream(Store store, ChangeFeed feed, String directive, long after, Sight sight) {
    this.store = store;
    this.directive = directive;
    this.watch = feed.watch(directive);
    this.told = after;
    this.sight = sight;
  }

  @Override
  public void next(EventStream stream, Duration atMost) throws IOException, InterruptedException {
    if (caughtUp && !watch.take(atMost)) {
      return;
    }
    DirectiveLog.Page page = store.read(sql -> new DirectiveLog(sql).after(directive, told));
    for (Entry entry : page.entries()) {
      if (sight.sees(machine(entry))) {
        send(stream, entry);
      }
    }
    told = page.upTo();
    caughtUp = page.complete();
    if (page.ended()) {
      stream.send("end", Long.toString(told), Map.of());
      stream.end();
    }
  }

  @Override
  public void close() {
    watch.close();
  }

  private static String machine(Entry entry) {
    return switch (entry) {
      case Entry.Wrote wrote -> wrote.chunk().key().machine();
      case Entry.Changed changed -> changed.run().key().machine();
    };
  }

  private static void send(EventStream stream, Entry entry) throws IOException {
    String id = Long.toString(entry.sequence());
    switch (entry) {
      case Entry.Wrote wrote -> stream.send("output", id, OutputView.of(wrote.chunk()));
      case Entry.Changed changed -> stream.send("run", id, RunView.of(changed.run()));
    }
  }
}
