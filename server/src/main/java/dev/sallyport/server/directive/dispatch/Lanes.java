package dev.sallyport.server.directive.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.sallyport.server.directive.record.RunKey;

/**
 * Decides which run goes next; knows neither threads nor the database.
 *
 * <p>Each connected machine has a lane: the runs under way on it and a short queue of those that wait for a place. Lanes with
 * waiting runs take turns, one run each, so a machine with a thousand runs delays no other. A lane never holds more than
 * {@value #MAX_WAITING} waiting runs: the rest stay in the database, the lane is then <em>hungry</em> and is fed from there, oldest
 * first, when its queue is empty.
 *
 * <p>Not safe for threads: the dispatcher calls it under its lock.
 */
final class Lanes {
  /** Waiting runs one lane keeps in memory; more are read from the database when these are gone. */
  static final int MAX_WAITING = 128;

  private final DispatchLimits limits;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Deque<Lane> turns = new ArrayDeque<>();
  private int active;

  Lanes(DispatchLimits limits) {
    this.limits = limits;
  }

  /** The machine is there; whatever the database holds for it is to be fetched. */
  void connect(String machine) {
    Lane lane = lanes.computeIfAbsent(machine, Lane::new);
    lane.connected = true;
    lane.hungry = true;
  }

  /** The machine is gone: what waited is dropped (the database has it), what is under way ends by itself. */
  void disconnect(String machine) {
    Lane lane = lanes.get(machine);
    if (lane != null) {
      lane.connected = false;
      lane.waiting.clear();
      lane.waitingKeys.clear();
      forgetIfIdle(lane);
    }
  }

  /** Takes a place for a run that is not stored yet; false when it has to wait its turn or the machine is away. */
  boolean reserve(RunKey key) {
    Lane lane = lanes.get(key.machine());
    if (lane == null || !lane.connected || lane.hungry || lane.loading || !lane.waiting.isEmpty() || !hasPlace(lane)) {
      return false;
    }
    activate(lane, key);
    return true;
  }

  /** Lets a stored run wait for its turn; a run that is already known, or whose machine is away, is left to the database. */
  void add(PendingRun run) {
    Lane lane = lanes.get(run.key().machine());
    if (lane == null || !lane.connected || lane.knows(run.key())) {
      return;
    }
    if (lane.hungry || lane.loading || lane.waiting.size() >= MAX_WAITING) {
      lane.hungry = true;
      return;
    }
    append(lane, run);
  }

  /** The next run to start, its place taken; empty when nobody may go. */
  Optional<PendingRun> next() {
    while (active < limits.perServer()) {
      Lane lane = turns.poll();
      if (lane == null) {
        return Optional.empty();
      }
      lane.inTurn = false;
      PendingRun run = hasPlace(lane) ? lane.waiting.poll() : null;
      if (run != null) {
        lane.waitingKeys.remove(run.key());
        activate(lane, run.key());
        takeTurn(lane);
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  /** Gives a place back. */
  void release(RunKey key) {
    Lane lane = lanes.get(key.machine());
    if (lane != null && lane.active.remove(key)) {
      active--;
      takeTurn(lane);
      forgetIfIdle(lane);
    }
  }

  /** Says that the database holds runs of this machine that nobody carries. */
  void hunger(String machine) {
    Lane lane = lanes.get(machine);
    if (lane != null) {
      lane.hungry = true;
    }
  }

  /** True when this lane is to be fed now; the caller must answer with {@link #feed} or {@link #unfed}. */
  boolean startFeeding(String machine) {
    Lane lane = lanes.get(machine);
    if (lane == null || !lane.connected || !lane.hungry || lane.loading || !lane.waiting.isEmpty()) {
      return false;
    }
    lane.loading = true;
    lane.hungry = false;
    return true;
  }

  /** How many rows to read for this machine: a full queue besides what is under way. */
  int appetite(String machine) {
    Lane lane = lanes.get(machine);
    return MAX_WAITING + (lane == null ? 0 : lane.active.size());
  }

  /**
   * Brings what the database holds, oldest first.
   *
   * @param complete false when the database holds more than was read
   */
  void feed(String machine, List<PendingRun> stored, boolean complete) {
    Lane lane = lanes.get(machine);
    if (lane == null) {
      return;
    }
    lane.loading = false;
    lane.hungry |= !complete;
    if (!lane.connected) {
      return;
    }
    for (PendingRun run : stored) {
      if (!lane.knows(run.key()) && lane.waiting.size() < MAX_WAITING) {
        append(lane, run);
      }
    }
  }

  /** Reading failed: the lane stays hungry. */
  void unfed(String machine) {
    Lane lane = lanes.get(machine);
    if (lane != null) {
      lane.loading = false;
      lane.hungry = true;
    }
  }

  /** Machines with a link or with runs under way. */
  List<String> machines() {
    return new ArrayList<>(lanes.keySet());
  }

  int active() {
    return active;
  }

  private boolean hasPlace(Lane lane) {
    return active < limits.perServer() && lane.active.size() < limits.perMachine();
  }

  private void activate(Lane lane, RunKey key) {
    lane.active.add(key);
    active++;
  }

  private void append(Lane lane, PendingRun run) {
    lane.waiting.add(run);
    lane.waitingKeys.add(run.key());
    takeTurn(lane);
  }

  private void takeTurn(Lane lane) {
    if (!lane.inTurn && !lane.waiting.isEmpty() && lane.active.size() < limits.perMachine()) {
      lane.inTurn = true;
      turns.add(lane);
    }
  }

  private void forgetIfIdle(Lane lane) {
    if (!lane.connected && lane.active.isEmpty()) {
      lanes.remove(lane.machine);
    }
  }

  private static final class Lane {
    private final String machine;
    private final Deque<PendingRun> waiting = new ArrayDeque<>();
    private final Set<RunKey> waitingKeys = new HashSet<>();
    private final Set<RunKey> active = new HashSet<>();
    private boolean connected;
    private boolean hungry;
    private boolean loading;
    private boolean inTurn;

    private Lane(String machine) {
      this.machine = machine;
    }

    private boolean knows(RunKey key) {
      return active.contains(key) || waitingKeys.contains(key);
    }
  }
}
