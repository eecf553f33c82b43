package dev.sallyport.gateway.admission;

import java.util.HashMap;
import java.util.Map;

import dev.sallyport.gateway.GatewayLimits;

/** Counts connections: all, strangers, and strangers by source. The table has an entry only where the count is not zero. */
final class Connections {
  private final GatewayLimits.Connections limits;
  private final Map<Source, Integer> strangersBySource = new HashMap<>();
  private int all;
  private int strangers;

  Connections(GatewayLimits.Connections limits) {
    this.limits = limits;
  }

  /** Counts a new stranger in, unless there are too many. */
  synchronized boolean enter(Source source, int factor) {
    int ofSource = strangersBySource.getOrDefault(source, 0);
    boolean room = all < limits.all() && strangers < limits.strangers()
        && ofSource < (long) limits.strangersPerSource() * factor;
    if (room) {
      all++;
      strangers++;
      strangersBySource.put(source, ofSource + 1);
    }
    return room;
  }

  /** A stranger has become a link. */
  synchronized void promote(Source source) {
    strangers--;
    strangersBySource.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
  }

  /** A stranger's connection has ended. */
  synchronized void leave(Source source) {
    promote(source);
    all--;
  }

  /** A link has ended. */
  synchronized void linkEnded() {
    all--;
  }

  synchronized int all() {
    return all;
  }

  synchronized int strangers() {
    return strangers;
  }

  synchronized int sources() {
    return strangersBySource.size();
  }
}
