package dev.sallyport.server.directive.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.sallyport.server.directive.batch.BatchRule;
import dev.sallyport.server.directive.batch.BatchRule.Step;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.DirectiveTable;
import dev.sallyport.server.directive.record.Ledger;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.event.ChangeWatch;
import dev.sallyport.server.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the runs of batches start when it is their turn.
 *
 * <p>The database alone decides: what a batch may start follows from the counts in its row, inside the transaction that marks the runs as
 * handed over. Here lies only which batches are worth a look, so a restart forgets nothing, and a batch of twenty thousand machines takes no
 * more memory than a page of ids while it is looked at. What waits is never put into the dispatcher's lanes: a run is started with a place
 * that was reserved before, or stays where it is.
 *
 * <p>One thread, which {@link #start} begins, does all of it; {@link #add} may be called from any.
 */
public final class BatchKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchKeeper.class);

  /** How often windows are looked at when nothing else happens. */
  static final Duration LOOK = Duration.ofSeconds(1);
  /** How soon a batch is looked at again whose machines were busy, or which could not be stored. */
  static final Duration RETRY = Duration.ofMillis(250);
  /** Changes that come together are answered together. */
  private static final Duration GATHER = Duration.ofMillis(10);
  /** Runs looked at, and started, in one piece. */
  static final int PAGE = 500;

  private final Workshop workshop;
  private final Dispatcher dispatcher;
  private final ChangeFeed feed;
  private volatile ChangeWatch watch;
  private final Map<String, Directive> batches = new ConcurrentHashMap<>();
  private final Set<String> due = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofVirtual().name("batch-keeper").unstarted(this::loop);

  // The keeper's thread alone touches these. The second holds batches whose windows are closed, and when they open.
  private boolean loaded;
  private final Map<String, Instant> closed = new HashMap<>();

  public BatchKeeper(Workshop workshop, Dispatcher dispatcher, ChangeFeed feed) {
    this.workshop = workshop;
    this.dispatcher = dispatcher;
    this.feed = feed;
    this.watch = feed.watch();
  }

  /** Goes on with the batches that an earlier life of the server has left, and with those to come. */
  public void start() {
    thread.start();
  }

  /** A batch has been stored. */
  public void add(Directive directive) {
    batches.put(directive.id(), directive);
    due.add(directive.id());
  }

  @Override
  public void close() {
    thread.interrupt();
    watch.close();
    try {
      if (thread.isAlive()) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        lookSafely(watch.take(due.isEmpty() && loaded ? LOOK : RETRY, GATHER));
      }
    } catch (InterruptedException e) {
      LOG.debug("the keeper of batches ends");
    }
  }

  /** Does what is due now; what the thread does, for whoever has not started it. */
  public void tick() throws InterruptedException {
    lookSafely(watch.take(Duration.ZERO));
  }

  private void lookSafely(ChangeWatch.Changes changes) {
    try {
      look(changes);
    } catch (StoreUnavailableException e) {
      LOG.warn("batches wait for the store: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("looking after batches failed; it is tried again", e);
    }
  }

  private void look(ChangeWatch.Changes changes) {
    if (!loaded) { // what an earlier life has left
      workshop.store().<List<Directive>>read(sql -> new DirectiveTable(sql).openBatches()).forEach(this::add);
      loaded = true;
    }
    if (batches.isEmpty()) {
      return;
    }
    changes.directives().stream().filter(batches::containsKey).forEach(due::add);
    if (watch.overrun()) { // something was missed: everything is looked at
      watch.close();
      watch = feed.watch();
      due.addAll(batches.keySet());
    }
    due.addAll(heldFor(changes.machines()));
    Instant now = workshop.clock().instant();
    closed.entrySet().removeIf(entry -> {
      boolean opens = !now.isBefore(entry.getValue());
      if (opens) {
        due.add(entry.getKey());
      }
      return opens;
    });
    for (String id : new ArrayList<>(due)) {
      Directive directive = batches.get(id);
      due.remove(id);
      if (directive != null) {
        advanceSafely(directive);
      }
    }
  }

  /** Batches that hold runs for these machines, which may have come just now. */
  private Set<String> heldFor(Set<String> machines) {
    var found = new HashSet<String>();
    var page = new ArrayList<String>();
    for (String machine : machines) {
      page.add(machine);
      if (page.size() == PAGE) {
        found.addAll(workshop.store().<List<String>>read(sql -> new RunTable(sql).heldFor(page)));
        page.clear();
      }
    }
    if (!page.isEmpty()) {
      found.addAll(workshop.store().<List<String>>read(sql -> new RunTable(sql).heldFor(page)));
    }
    return found;
  }

  private void advanceSafely(Directive directive) {
    boolean more = true;
    try {
      more = advance(directive);
    } finally {
      if (more) {
        due.add(directive.id());
      }
    }
  }

  /** Answers whether it is to be looked at again soon. */
  private boolean advance(Directive directive) {
    Instant now = workshop.clock().instant();
    Step step = workshop.store().read(sql -> BatchRule.next(directive.batch(),
        new DirectiveTable(sql).standing(directive.id()), directive.batch().window().isOpen(now)));
    return switch (step) {
      case Step.Over _ -> {
        batches.remove(directive.id());
        yield false;
      }
      case Step.Stop _ -> {
        stop(directive);
        yield false;
      }
      case Step.Hold _ -> {
        waitForWindow(directive, now);
        yield false;
      }
      case Step.Start(int most) -> begin(directive, most);
    };
  }

  private void waitForWindow(Directive directive, Instant now) {
    if (!directive.batch().window().isOpen(now)) {
      closed.put(directive.id(), directive.batch().window().opens(now));
    }
  }

  private void stop(Directive directive) {
    String reason = "not started: " + directive.batch().stopAfterFailures()
        + " of the batch's runs failed, after which it was to stop";
    int ended;
    do {
      ended = workshop.store()
          .write(sql -> new Ledger(sql).cancelQueued(directive.id(), reason, workshop.clock().instant()));
    } while (ended == Ledger.BATCH);
    batches.remove(directive.id());
    workshop.changes().changed(directive.id());
  }

  /** Starts up to so many runs, in their order, on machines that are there; answers whether one of them was busy. */
  private boolean begin(Directive directive, int most) {
    int free = most;
    boolean busy = false;
    long after = 0;
    List<RunTable.Held> page;
    do {
      long from = after;
      page = workshop.store().read(sql -> new RunTable(sql).held(directive.id(), from, PAGE));
      var there = new ArrayList<RunKey>();
      for (RunTable.Held held : page) {
        after = held.sequence();
        if (there.size() < free && workshop.switchboard().connected(held.key().machine())) {
          there.add(held.key());
        }
      }
      if (!there.isEmpty()) {
        int started = begin(directive, there);
        free -= started;
        busy |= started < there.size();
      }
    } while (page.size() == PAGE && free > 0);
    return busy;
  }

  private int begin(Directive directive, List<RunKey> runs) {
    Set<RunKey> unwarranted = runs.stream().filter(run -> !workshop.warranted(directive, run.machine()))
        .collect(Collectors.toSet());
    Reservation reservation = dispatcher.reserve(directive, runs);
    List<RunKey> placed = runs.stream().filter(reservation::holds).toList();
    if (placed.isEmpty()) {
      return 0;
    }
    Set<RunKey> started = Set.of();
    boolean stored = false;
    try {
      started = workshop.store().write(sql -> {
        Instant now = workshop.clock().instant();
        Step step = BatchRule.next(directive.batch(), new DirectiveTable(sql).standing(directive.id()),
            directive.batch().window().isOpen(now));
        int places = step instanceof Step.Start(int most) ? most : 0;
        var ledger = new Ledger(sql);
        var handed = new LinkedHashSet<RunKey>();
        for (RunKey run : placed) {
          if (unwarranted.contains(run)) {
            ledger.withdraw(run, now);
          } else if (handed.size() < places && ledger.handOver(run, now)) {
            handed.add(run);
          }
        }
        return handed;
      });
      stored = true;
    } finally {
      if (!stored) {
        reservation.giveBack();
      }
    }
    reservation.begin(started);
    workshop.changes().changed(directive.id());
    return started.size() + (int) placed.stream().filter(unwarranted::contains).count();
  }
}
