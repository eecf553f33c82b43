package dev.sallyport.server.directive.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.gateway.LinkFacts;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.DirectiveTable;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.store.StoreUnavailableException;
import dev.sallyport.server.switchboard.SwitchboardListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every open run whose machine is there a thread, within limits.
 *
 * <p>Threads: callers (an operator's request, a link that comes or goes) change {@link Lanes} under the lock and leave; each run has a
 * virtual thread, which takes the lock only when it is done; one more such thread reads a machine's open runs from the database when
 * it connects; {@link Pulse} ticks. Nobody holds the lock while storing, reading or calling.
 */
public final class Dispatcher implements SwitchboardListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** How long a machine's open runs wait after one of them broke off although the machine is connected. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  /** How long {@link #close} waits for the threads of the runs. */
  static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  private final Workshop workshop;
  private final Settlements settlements;
  private final Map<RunKey, Carrier> carried = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  // Guarded by the lock.
  private final Lanes lanes;
  private final Map<String, Long> retries = new HashMap<>();
  private boolean closed;

  /** A dispatcher that knows no machine yet; it must hear of all of them from the switchboard. */
  public Dispatcher(Workshop workshop, DispatchLimits limits) {
    this.workshop = workshop;
    this.lanes = new Lanes(limits);
    this.settlements = new Settlements(workshop);
  }

  /**
   * Takes places for runs about to be stored, as far as their machines are there and free. Those are to be stored as running, the others
   * as queued; then the reservation is to be told how that went.
   */
  public Reservation reserve(Directive directive, Collection<RunKey> runs) {
    var reserved = new ArrayList<Carrier>();
    lock.lock();
    try {
      for (RunKey run : runs) {
        if (!closed && lanes.reserve(run)) {
          var carrier = new Carrier(workshop, new PendingRun(run, directive), true);
          carried.put(run, carrier);
          reserved.add(carrier);
        }
      }
    } finally {
      lock.unlock();
    }
    return new Reservation(this, directive, List.copyOf(runs), reserved);
  }

  /** The runs are stored: those with a place start now, the others when it is their turn. */
  void begin(Directive directive, List<RunKey> runs, Map<RunKey, Carrier> reserved) {
    reserved.values().forEach(this::start);
    List<RunKey> waiting = runs.stream().filter(run -> !reserved.containsKey(run)).toList();
    lock.lock();
    try {
      waiting.forEach(run -> lanes.add(new PendingRun(run, directive)));
    } finally {
      lock.unlock();
    }
    waiting.forEach(run -> serve(run.machine()));
  }

  /** Runs with a place are stored as running and start now; the places of others are not needed after all. */
  void begin(Collection<Carrier> starting, Collection<RunKey> unused) {
    starting.forEach(this::start);
    lock.lock();
    try {
      unused.forEach(run -> {
        carried.remove(run);
        lanes.release(run);
      });
    } finally {
      lock.unlock();
    }
    unused.forEach(run -> serve(run.machine()));
  }

  /** The runs are not stored, or nobody knows: places are free again, and the machines' open runs are looked up in a while. */
  void giveBack(List<RunKey> runs, Map<RunKey, Carrier> reserved) {
    lock.lock();
    try {
      reserved.keySet().forEach(run -> {
        carried.remove(run);
        lanes.release(run);
      });
      runs.forEach(run -> retryLater(run.machine()));
    } finally {
      lock.unlock();
    }
    reserved.keySet().forEach(run -> serve(run.machine()));
  }

  /** These runs are stored as being cancelled: tells their machines, as far as they are there. */
  public void cancel(Collection<RunKey> runs) {
    for (RunKey run : runs) {
      Optional.ofNullable(carried.get(run)).ifPresent(carrier -> carrier.guard().cancel());
    }
  }

  /** Whether somebody carries this run now. */
  public boolean carries(RunKey run) {
    return carried.containsKey(run);
  }

  /** Runs under way in this process. */
  public int active() {
    return carried.size();
  }

  @Override
  public void arrived(String machine, LinkFacts facts) {
    lock.lock();
    try {
      lanes.connect(machine);
    } finally {
      lock.unlock();
    }
    serve(machine);
  }

  @Override
  public List<OperationId> settled(String machine, List<OperationId> held) {
    return settlements.wantedByNobody(machine, held);
  }

  @Override
  public void left(String machine) {
    lock.lock();
    try {
      lanes.disconnect(machine);
      retries.remove(machine);
    } finally {
      lock.unlock();
    }
  }

  /** Starts no run any more, wakes those that wait for machines, and waits until their threads are gone; the runs stay open. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      carried.values().forEach(carrier -> carrier.guard().stop());
      long left = CLOSE_WITHIN.toNanos();
      while (!carried.isEmpty() && left > 0) {
        left = idle.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  Collection<Carrier> carriers() {
    return carried.values();
  }

  Settlements settlements() {
    return settlements;
  }

  /** Serves machines again whose runs broke off a while ago. */
  void retry(long now) {
    var due = new ArrayList<String>();
    lock.lock();
    try {
      retries.entrySet().removeIf(entry -> {
        boolean isDue = now - entry.getValue() >= 0;
        if (isDue) {
          due.add(entry.getKey());
          lanes.hunger(entry.getKey());
        }
        return isDue;
      });
    } finally {
      lock.unlock();
    }
    due.forEach(this::serve);
  }

  /** Starts whatever may go now, and reads this machine's open runs if its lane is empty and the database has more. */
  private void serve(String machine) {
    var starting = new ArrayList<Carrier>();
    int appetite = 0;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      for (var next = lanes.next(); next.isPresent(); next = lanes.next()) {
        var carrier = new Carrier(workshop, next.get(), false);
        carried.put(carrier.key(), carrier);
        starting.add(carrier);
      }
      if (lanes.startFeeding(machine)) {
        appetite = lanes.appetite(machine);
      }
    } finally {
      lock.unlock();
    }
    starting.forEach(this::start);
    if (appetite > 0) {
      int limit = appetite;
      Thread.ofVirtual().name("feed-" + machine).start(() -> feed(machine, limit));
    }
  }

  private void start(Carrier carrier) {
    Thread.ofVirtual().name("run-" + carrier.key().directive()).start(() -> carry(carrier));
  }

  private void carry(Carrier carrier) {
    boolean ended = false;
    try {
      ended = carrier.carry();
      if (ended) {
        settlements.add(carrier.key().machine(), carrier.journalled());
      }
    } catch (RuntimeException e) {
      LOG.error("run {} broke off and is tried again", carrier.key(), e);
    } finally {
      finished(carrier.key(), ended);
    }
  }

  private void finished(RunKey key, boolean ended) {
    lock.lock();
    try {
      carried.remove(key);
      lanes.release(key);
      if (!ended) {
        retryLater(key.machine());
      }
      if (carried.isEmpty()) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
    serve(key.machine());
  }

  private void feed(String machine, int limit) {
    try {
      List<PendingRun> open = workshop.store().read(sql -> {
        var directives = new HashMap<String, Directive>();
        var table = new DirectiveTable(sql);
        var pending = new ArrayList<PendingRun>();
        for (Run run : new RunTable(sql).open(machine, limit)) {
          String id = run.key().directive();
          pending.add(new PendingRun(run.key(), directives.computeIfAbsent(id, _ -> table.find(id).orElseThrow())));
        }
        return pending;
      });
      lock.lock();
      try {
        lanes.feed(machine, open, open.size() < limit);
      } finally {
        lock.unlock();
      }
    } catch (StoreUnavailableException e) {
      LOG.warn("the open runs of machine {} could not be read and are tried again: {}", machine, e.getMessage());
      unfed(machine);
      return;
    } catch (RuntimeException e) {
      LOG.error("the open runs of machine {} could not be read and are tried again", machine, e);
      unfed(machine);
      return;
    }
    serve(machine);
  }

  private void unfed(String machine) {
    lock.lock();
    try {
      lanes.unfed(machine);
      retryLater(machine);
    } finally {
      lock.unlock();
    }
  }

  /** The lock is held. A machine that is away needs nothing: when it comes, its open runs are read anyway. */
  private void retryLater(String machine) {
    if (!closed && workshop.switchboard().connected(machine)) {
      retries.putIfAbsent(machine, workshop.nanoTime().getAsLong() + RETRY_AFTER.toNanos());
    }
  }
}
