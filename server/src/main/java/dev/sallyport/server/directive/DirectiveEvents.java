package dev.sallyport.server.directive;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import dev.sallyport.server.directive.record.DirectiveLog;
import dev.sallyport.server.event.DirectiveWatch;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.EventSource;
import dev.sallyport.server.web.EventStream;

/**
 * One directive's events, read from the store: whoever comes back with the last number it saw misses nothing and sees nothing twice. The
 * watch only says that there is something to read.
 */
final class DirectiveEvents implements EventSource {
  private final Store store;
  private final DirectiveWatch watch;
  private final String directive;
  private long sequence;
  private boolean more = true;

  /** @param after the last number the client saw, 0 for none */
  DirectiveEvents(Store store, DirectiveWatch watch, String directive, long after) {
    this.store = store;
    this.watch = watch;
    this.directive = directive;
    this.sequence = after;
  }

  @Override
  public void next(EventStream stream, Duration atMost) throws IOException, InterruptedException {
    if (!more && !watch.take(atMost)) {
      return;
    }
    DirectiveLog.Page page = store.read(sql -> new DirectiveLog(sql).after(directive, sequence));
    for (DirectiveLog.Entry entry : page.entries()) {
      String id = Long.toString(entry.sequence());
      switch (entry) {
        case DirectiveLog.Entry.Changed changed -> stream.send("run", id, RunView.of(changed.run()));
        case DirectiveLog.Entry.Wrote wrote -> stream.send("output", id, OutputView.of(wrote.chunk()));
      }
    }
    sequence = page.upTo();
    more = !page.complete();
    if (page.ended()) {
      stream.send("end", Long.toString(sequence), Map.of());
      stream.end();
    }
  }
}
