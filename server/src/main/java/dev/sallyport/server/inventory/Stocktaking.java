package dev.sallyport.server.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.audit.AuditChange;
import dev.sallyport.protocol.audit.AuditSection;
import dev.sallyport.protocol.audit.AuditSummary;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.operation.AuditOperation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.store.Store;
import org.jspecify.annotations.Nullable;

/** Has machines audit their sections and stores what changed. Audits of one machine wait for each other: each leads on from what the one before stored. */
public final class Stocktaking {
  /** Changes that one transaction takes in, so that the writer stays free for others. */
  static final int BATCH = 200;
  /** Stored items that are read at a time while they are compared. */
  static final int PAGE = 1_000;
  /** Machines wait for each other only if chance will have it. */
  private static final int LOCKS = 256;

  private final Store store;
  private final InstantSource clock;
  private final List<Lock> locks = new ArrayList<>();

  public Stocktaking(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    for (int i = 0; i < LOCKS; i++) {
      locks.add(new ReentrantLock());
    }
  }

  /**
   * What an audit of a section came to.
   *
   * @param result the machine's, {@code done} if the audit was taken in
   * @param items how many there are now; 0 if the audit was not taken in
   * @param changes how many were taken in
   * @param whole whether the machine told all items, not only what changed
   */
  public record Taken(OperationResult result, long items, long changes, boolean whole) {}

  /**
   * Audits a section of the machine this action runs on.
   *
   * @param patterns which files, for the section of files alone
   * @param full whether the machine is to tell everything, whatever is known here
   * @throws ProtocolException if what it tells makes no sense; what was taken in by then stays, and the next audit leads on from it
   */
  public Taken take(ActionContext context, AuditSection section, List<String> patterns, boolean full) {
    String machine = context.machine();
    Lock lock = locks.get(Math.floorMod(machine.hashCode(), LOCKS));
    lock.lock();
    try {
      String scope = patterns.isEmpty() ? "" : JsonArray.ofStrings(patterns).text();
      SectionState known = begin(machine, section.word(), scope);
      String base = full || known.audited().isEmpty() ? "" : known.digest();
      Taken taken = attempt(context, new AuditOperation.Take(section, base, patterns), known);
      return taken != null
          ? taken
          : sure(attempt(context, new AuditOperation.Take(section, "", patterns), state(machine, known)));
    } finally {
      lock.unlock();
    }
  }

  private static Taken sure(@Nullable Taken taken) {
    if (taken == null) {
      throw new ProtocolException("audit: what it tells does not come to the digest it tells");
    }
    return taken;
  }

  /** The section as it is known; files of other patterns begin anew. */
  private SectionState begin(String machine, String section, String scope) {
    SectionState none = SectionState.none(section, scope);
    SectionState known = store.read(sql -> new SectionTable(sql).find(machine, section)).orElse(none);
    if (known.scope().equals(scope)) {
      return known;
    }
    // As if never audited: all is told, what does not fit goes with it, and none of that is a change of the machine.
    var anew = new SectionState(section, scope, known.digest(), known.items(), Optional.empty(), known.cut(),
        known.unsupported());
    store.write(sql -> {
      new SectionTable(sql).put(machine, anew);
      return null;
    });
    return anew;
  }

  private SectionState state(String machine, SectionState known) {
    return store.read(sql -> new SectionTable(sql).find(machine, known.section())).orElse(known);
  }

  /** One question and what is taken in of the answer; null if in the end both sides do not hold the same. */
  private @Nullable Taken attempt(ActionContext context, AuditOperation.Take take, SectionState known) {
    try (var spool = new Spool()) {
      OperationResult result = context.look(take, spool);
      if (result.outcome() != Outcome.DONE) {
        return new Taken(result, 0, 0, false);
      }
      var summary = AuditSummary.fromJson(result.value());
      if (result.outputTruncated() || (!summary.base().isEmpty() && !summary.base().equals(take.base()))) {
        throw new ProtocolException("audit: changes that do not lead on from what is known");
      }
      long changes = store(context.machine(), known, summary, spool);
      SectionState now = state(context.machine(), known);
      if (!now.digest().equals(summary.digest())) {
        return null;
      }
      finish(context.machine(), now, summary);
      return new Taken(result, now.items(), changes, summary.base().isEmpty());
    } catch (IOException e) {
      throw new ProtocolException("audit: cannot be read: " + e.getMessage());
    }
  }

  private long store(String machine, SectionState known, AuditSummary summary, Spool spool) throws IOException {
    long count = 0;
    try (InputStream compressed = spool.open(); var reader = new ChangeReader(compressed)) {
      var all = new Difference(reader, after -> page(machine, known.section(), after));
      boolean whole = summary.base().isEmpty();
      var batch = new ArrayList<AuditChange>();
      for (AuditChange change = whole ? all.next() : reader.next(); change != null; change = whole
          ? all.next()
          : reader.next()) {
        batch.add(change);
        count++;
        if (batch.size() == BATCH) {
          takeIn(machine, known, batch);
          batch.clear();
        }
      }
      takeIn(machine, known, batch);
    }
    return count;
  }

  private void takeIn(String machine, SectionState known, List<AuditChange> batch) {
    Instant now = now();
    store.write(sql -> new Intake(sql, machine).take(known.section(), known.scope(), batch, now));
  }

  private List<StoredItem> page(String machine, String section, String after) {
    return store.read(sql -> new ItemTable(sql).page(machine, section, after, "", PAGE));
  }

  private void finish(String machine, SectionState now, AuditSummary summary) {
    Instant at = now();
    boolean more = store.write(sql -> {
      new SectionTable(sql).put(machine, new SectionState(now.section(), now.scope(), now.digest(), now.items(),
          Optional.of(at), summary.cut(), summary.unsupported()));
      return new ChangeTable(sql).tidy(machine, at);
    });
    while (more) {
      more = store.write(sql -> new ChangeTable(sql).tidy(machine, at));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
