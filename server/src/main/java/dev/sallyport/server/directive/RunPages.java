package dev.sallyport.server.directive;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import dev.sallyport.server.access.Sight;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.store.Store;

/**
 * A directive's runs by machine, those that may be seen, read a page at a time while they are written out, so that twenty thousand with their values take no
 * more memory than a few. A directive's machines never change, so no run is told twice or left out.
 */
final class RunPages implements Iterable<RunView> {
  private final Store store;
  private final String directive;
  private final Sight sight;

  RunPages(Store store, String directive, Sight sight) {
    this.store = store;
    this.directive = directive;
    this.sight = sight;
  }

  @Override
  public Iterator<RunView> iterator() {
    return new Reader();
  }

  private final class Reader implements Iterator<RunView> {
    private RunTable.Page page = new RunTable.Page(List.of(), true);
    private List<Run> seen = List.of();
    private int at;
    private String last = "";

    @Override
    public boolean hasNext() {
      while (at == seen.size() && page.more()) {
        page = store.read(sql -> new RunTable(sql).ofDirective(directive, last));
        seen = page.runs().stream().filter(run -> sight.sees(run.key().machine())).toList();
        last = page.runs().isEmpty() ? last : page.runs().getLast().key().machine();
        at = 0;
      }
      return at < seen.size();
    }

    @Override
    public RunView next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return RunView.of(seen.get(at++));
    }
  }
}
