package dev.sallyport.server.event;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes on which machines and directives have changed, after the change is on the disk. Only names travel: a watcher looks up how
 * the thing is now, so a slow one misses intermediate states but never the last, and costs no more than the names it has not
 * looked up yet.
 */
public final class ChangeFeed {
  private final Set<ChangeWatch> watches = ConcurrentHashMap.newKeySet();

  /** A machine has changed, or is there or gone. Never blocks. */
  public void machine(String id) {
    watches.forEach(watch -> watch.machine(id));
  }

  /** A directive or one of its runs has changed. Never blocks. */
  public void directive(String id) {
    watches.forEach(watch -> watch.directive(id));
  }

  /** Watches from now on, until the watch is closed. */
  public ChangeWatch watch() {
    var watch = new ChangeWatch(watches::remove);
    watches.add(watch);
    return watch;
  }
}
