package dev.sallyport.server.event;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes on which machines and directives have changed, after the change is on the disk. Only names travel: a watcher looks up how
 * the thing is now, so a slow one misses intermediate states but never the last, and costs no more than the names it has not
 * looked up yet.
 */
public final class ChangeFeed {
  private final Set<ChangeWatch> watches = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<DirectiveWatch>> byDirective = new ConcurrentHashMap<>();

  /** A machine has changed, or is there or gone. Never blocks. */
  public void machine(String id) {
    watches.forEach(watch -> watch.machine(id));
  }

  /** A directive or one of its runs has changed. Never blocks. */
  public void directive(String id) {
    watches.forEach(watch -> watch.directive(id));
    byDirective.getOrDefault(id, Set.of()).forEach(DirectiveWatch::change);
  }

  /** Watches everything from now on, until the watch is closed. */
  public ChangeWatch watch() {
    var watch = new ChangeWatch(watches::remove);
    watches.add(watch);
    return watch;
  }

  /** Watches one directive from now on, until the watch is closed. */
  public DirectiveWatch watch(String directive) {
    var watch = new DirectiveWatch(closed -> byDirective.computeIfPresent(directive, (_, others) -> {
      others.remove(closed);
      return others.isEmpty() ? null : others;
    }));
    byDirective.compute(directive, (_, others) -> {
      Set<DirectiveWatch> all = others == null ? ConcurrentHashMap.newKeySet() : others;
      all.add(watch);
      return all;
    });
    return watch;
  }
}
