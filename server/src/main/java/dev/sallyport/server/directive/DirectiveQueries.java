package dev.sallyport.server.directive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.sallyport.protocol.Uuids;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.directive.record.Channel;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.DirectiveTable;
import dev.sallyport.server.directive.record.OutputChunk;
import dev.sallyport.server.directive.record.OutputTable;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators read of directives. */
public final class DirectiveQueries {
  private final Store store;

  public DirectiveQueries(Store store) {
    this.store = store;
  }

  /** The directive of this id, if there is one; what is no id at all names none. */
  public Optional<Directive> find(String id) {
    return !isId(id) ? Optional.empty() : store.read(sql -> new DirectiveTable(sql).find(id));
  }

  /** The directive of this id, if there is one with a machine that whoever asks may see. */
  Optional<Directive> find(String id, Sight sight) {
    return find(id).filter(directive -> sight.whole() || !counts(directive.id(), sight).isEmpty());
  }

  /** A directive with all its runs that may be seen. */
  DirectiveView whole(Directive directive, Sight sight) {
    if (!sight.whole()) {
      return DirectiveView.of(directive, counts(directive.id(), sight), new RunPages(store, directive.id(), sight));
    }
    return store.read(sql -> DirectiveView.of(directive,
        counts(sql, List.of(directive)).getOrDefault(directive.id(), Map.of()),
        new RunPages(store, directive.id(), Sight.WHOLE)));
  }

  /** Directives without their runs; ids of no directive are left out. */
  List<DirectiveView> views(Collection<String> ids, Sight sight) {
    if (!sight.whole()) {
      return ids.stream().flatMap(id -> find(id).stream()).flatMap(directive -> seen(directive, sight).stream())
          .toList();
    }
    return store.read(sql -> {
      var table = new DirectiveTable(sql);
      return views(sql, ids.stream().flatMap(id -> table.find(id).stream()).toList());
    });
  }

  /**
   * The newest directives first, without their runs.
   *
   * @param machine only those for this machine; {@code ""} for all
   * @param before only those older than the directive of this id; {@code ""} begins with the newest
   * @param sight only those with a machine that it sees, and of their runs only those
   */
  public List<DirectiveView> newest(String machine, String before, int limit, Sight sight) {
    if (sight.whole()) {
      return store.read(sql -> views(sql, page(sql, machine, before, limit)));
    }
    if (!machine.isEmpty() && !sight.sees(machine)) {
      return List.of();
    }
    var found = new ArrayList<DirectiveView>();
    List<Directive> page;
    String last = before;
    do {
      String from = last;
      page = store.read(sql -> page(sql, machine, from, limit));
      for (Directive directive : page) {
        if (found.size() < limit) {
          seen(directive, sight).ifPresent(found::add);
        }
        last = directive.id();
      }
    } while (page.size() == limit && found.size() < limit);
    return found;
  }

  private static List<Directive> page(JdbcClient sql, String machine, String before, int limit) {
    var table = new DirectiveTable(sql);
    return machine.isEmpty() ? table.newest(before, limit) : table.newest(machine, before, limit);
  }

  private Optional<DirectiveView> seen(Directive directive, Sight sight) {
    Map<String, Long> counts = counts(directive.id(), sight);
    return counts.isEmpty() ? Optional.empty() : Optional.of(DirectiveView.of(directive, counts));
  }

  /** How many of the runs that may be seen are in which state; empty if none may. */
  private Map<String, Long> counts(String directive, Sight sight) {
    var counts = new TreeMap<String, Long>();
    store.read(sql -> new RunTable(sql).standing(directive)).stream().filter(run -> sight.sees(run.machine()))
        .forEach(run -> counts.merge(run.state().shown(), 1L, Long::sum));
    return counts;
  }

  /** The next pieces of a run's output on these channels, as they came. */
  List<OutputChunk> output(RunKey run, Set<Channel> channels, long fromPosition, int limit) {
    return store.read(sql -> new OutputTable(sql).page(run, channels, fromPosition, limit));
  }

  /** Whether the directive has such a run. */
  boolean hasRun(RunKey run) {
    return isId(run.directive()) && isId(run.machine())
        && store.<Boolean>read(sql -> new RunTable(sql).state(run).isPresent());
  }

  /** The run as it is now. */
  Optional<RunView> run(RunKey run) {
    return store.read(sql -> new RunTable(sql).find(run).map(RunView::of));
  }

  static boolean isId(String text) {
    return text.length() == Uuids.LENGTH && Uuids.startsWithUuid(text);
  }

  private static List<DirectiveView> views(JdbcClient sql, List<Directive> directives) {
    Map<String, Map<String, Long>> counts = counts(sql, directives);
    return directives.stream()
        .map(directive -> DirectiveView.of(directive, counts.getOrDefault(directive.id(), Map.of()))).toList();
  }

  private static Map<String, Map<String, Long>> counts(JdbcClient sql, List<Directive> directives) {
    return new RunTable(sql).counts(directives.stream().map(Directive::id).toList());
  }
}
