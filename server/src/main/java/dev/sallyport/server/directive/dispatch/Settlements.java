package dev.sallyport.server.directive.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.channel.ServerMessage.Settled;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells machines which results they may forget. That is a courtesy, not a promise: what is lost on the way is asked again when the
 * machine next connects and says what it still holds. So it is gathered and sent with the next tick, many at once.
 */
final class Settlements {
  private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);

  private final Workshop workshop;
  private final Object lock = new Object();
  // Guarded by the lock.
  private Map<String, List<OperationId>> waiting = new HashMap<>();

  Settlements(Workshop workshop) {
    this.workshop = workshop;
  }

  /** These results of a machine are stored. */
  void add(String machine, List<OperationId> ids) {
    if (!ids.isEmpty()) {
      synchronized (lock) {
        waiting.computeIfAbsent(machine, _ -> new ArrayList<>()).addAll(ids);
      }
    }
  }

  /** Sends what has gathered. */
  void send() {
    Map<String, List<OperationId>> sending;
    synchronized (lock) {
      if (waiting.isEmpty()) {
        return;
      }
      sending = waiting;
      waiting = new HashMap<>();
    }
    sending.forEach((machine, ids) -> {
      for (int from = 0; from < ids.size(); from += Settled.MAX_IDS) {
        workshop.switchboard().settle(machine, ids.subList(from, Math.min(ids.size(), from + Settled.MAX_IDS)));
      }
    });
  }

  /**
   * What a machine holds although nobody wants it: operations of runs that have ended, and of directives that were never given
   * <em>to this machine</em>; what another machine was told is none of its business (incident T22).
   */
  List<OperationId> wantedByNobody(String machine, List<OperationId> held) {
    try {
      return workshop.store().read(sql -> {
        var runs = new RunTable(sql);
        return held.stream()
            .filter(id -> runs.state(new RunKey(id.directive().toString(), machine)).map(RunState::ended).orElse(true))
            .toList();
      });
    } catch (StoreUnavailableException e) {
      LOG.warn("what machine {} holds could not be compared; it says so again when it next connects: {}", machine,
          e.getMessage());
      return List.of();
    }
  }
}
