package dev.sallyport.server.directive;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.sallyport.protocol.Uuids;
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

  /** A directive with all its runs. */
  DirectiveView whole(Directive directive) {
    return store.read(sql -> DirectiveView.of(directive,
        counts(sql, List.of(directive)).getOrDefault(directive.id(), Map.of()), new RunPages(store, directive.id())));
  }

  /** Directives without their runs; ids of no directive are left out. */
  List<DirectiveView> views(Collection<String> ids) {
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
   */
  public List<DirectiveView> newest(String machine, String before, int limit) {
    return store.read(sql -> {
      var table = new DirectiveTable(sql);
      return views(sql, machine.isEmpty() ? table.newest(before, limit) : table.newest(machine, before, limit));
    });
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
