package dev.sallyport.server.directive.queue;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Uuids;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.DirectiveTable;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.switchboard.Switchboard;

/** What has not ended, as operators see it. */
public final class Queue {
  /** Most runs of one page. */
  public static final int MAX_PAGE = 500;

  private final Store store;
  private final Switchboard switchboard;
  private final InstantSource clock;

  public Queue(Store store, Switchboard switchboard, InstantSource clock) {
    this.store = store;
    this.switchboard = switchboard;
    this.clock = clock;
  }

  /**
   * Runs of all machines that whoever asks may see; a page may have fewer than the limit although another follows.
   *
   * @param after as the page before said; {@code ""} at the beginning
   * @throws ProtocolException if no page said so
   */
  public QueuePage all(String after, int limit, Sight sight) {
    RunKey from = position(after);
    return page(store.read(sql -> new RunTable(sql).open(from, limit + 1)), limit, sight);
  }

  /** Runs of one machine; the rest as for {@link #all}. */
  public QueuePage of(String machine, String after, int limit) {
    RunKey from = position(after);
    return page(store.read(sql -> new RunTable(sql).open(machine, from.directive(), limit + 1)), limit, Sight.WHOLE);
  }

  private QueuePage page(List<Run> found, int limit, Sight sight) {
    List<Run> shown = found.subList(0, Math.min(limit, found.size()));
    List<Run> seen = shown.stream().filter(run -> sight.sees(run.key().machine())).toList();
    var directives = new HashMap<String, Directive>();
    store.read(sql -> {
      var table = new DirectiveTable(sql);
      for (Run run : seen) {
        if (!directives.containsKey(run.key().directive())) {
          table.find(run.key().directive()).ifPresent(directive -> directives.put(directive.id(), directive));
        }
      }
      return null;
    });
    List<QueueEntry> entries = seen.stream().flatMap(run -> Optional
        .ofNullable(directives.get(run.key().directive())).map(directive -> entry(run, directive)).stream()).toList();
    return new QueuePage(entries, found.size() > limit ? text(shown.getLast().key()) : null);
  }

  private QueueEntry entry(Run run, Directive directive) {
    String waitsFor = null;
    if (run.state() instanceof RunState.Queued) {
      waitsFor = waitsFor(run, directive);
    }
    return new QueueEntry(directive.id(), run.key().machine(), run.name(), directive.action(), directive.creatorName(),
        directive.created(), directive.expires(), run.state().shown(), run.started().orElse(null), waitsFor);
  }

  private String waitsFor(Run run, Directive directive) {
    if (!directive.batch().window().isOpen(clock.instant())) {
      return "window";
    }
    if (!switchboard.connected(run.key().machine())) {
      return "machine";
    }
    return directive.batch().holds() ? "batch" : "turn";
  }

  private static String text(RunKey key) {
    return key.directive() + key.machine();
  }

  private static RunKey position(String text) {
    if (text.isEmpty()) {
      return new RunKey("", "");
    }
    if (text.length() != 2 * Uuids.LENGTH || !Uuids.startsWithUuid(text)
        || !Uuids.startsWithUuid(text.substring(Uuids.LENGTH))) {
      throw new ProtocolException("expected the value of \"next\" from the page before");
    }
    return new RunKey(text.substring(0, Uuids.LENGTH), text.substring(Uuids.LENGTH));
  }
}
