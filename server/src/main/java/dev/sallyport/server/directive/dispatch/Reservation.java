package dev.sallyport.server.directive.dispatch;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.RunKey;

/** Places taken for the runs of a directive that is about to be stored; to be begun or given back, once. */
public final class Reservation {
  private final Dispatcher dispatcher;
  private final Directive directive;
  private final List<RunKey> runs;
  private final Map<RunKey, Carrier> places = new LinkedHashMap<>();

  Reservation(Dispatcher dispatcher, Directive directive, List<RunKey> runs, List<Carrier> carriers) {
    this.dispatcher = dispatcher;
    this.directive = directive;
    this.runs = runs;
    carriers.forEach(carrier -> places.put(carrier.key(), carrier));
  }

  /** Whether this run has a place and starts as soon as it is stored. */
  public boolean holds(RunKey run) {
    return places.containsKey(run);
  }

  /** All runs are stored, those with a place as running. */
  public void begin() {
    dispatcher.begin(directive, runs, places);
  }

  /** These are stored as running; the places of the others are free again. */
  void begin(Set<RunKey> started) {
    var starting = new LinkedHashMap<>(places);
    starting.keySet().retainAll(started);
    var unused = new LinkedHashSet<>(places.keySet());
    unused.removeAll(started);
    dispatcher.begin(starting.values(), unused);
  }

  /** The runs could not be stored. */
  public void giveBack() {
    dispatcher.giveBack(runs, places);
  }
}
