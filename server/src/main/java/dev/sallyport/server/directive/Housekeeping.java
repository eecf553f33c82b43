package dev.sallyport.server.directive;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.server.directive.dispatch.ChangeListener;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.Ledger;
import dev.sallyport.server.directive.record.Retention;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.SecretTable;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.Transaction;

/** Ends what nobody waits for any more and deletes what nobody needs any more, a bounded piece at a time. */
public final class Housekeeping {
  /**
   * How long after the end of its lifetime, and the longest time a program may take, a run that was handed to its machine is still waited
   * for. After that the machine is taken to be gone and the run's outcome to be unknown.
   */
  public static final Duration ABANDON_AFTER = Duration.ofDays(7);
  /** How long output is kept; directives and their runs stay. */
  public static final Duration KEEP_OUTPUT = Duration.ofDays(30);
  /** How long directives are kept. */
  public static final Duration KEEP_DIRECTIVES = Duration.ofDays(365);

  private static final String ABANDONED = "the machine was handed this run and has not been heard of since; nobody knows whether it ran";

  private final Store store;
  private final ChangeListener changes;
  private final InstantSource clock;
  private volatile boolean stopped;

  public Housekeeping(Store store, ChangeListener changes, InstantSource clock) {
    this.store = store;
    this.changes = changes;
    this.clock = clock;
  }

  /** Ends queued runs whose directive's lifetime is over. Cheap when there are none; meant to be called every few seconds. */
  public void expire() {
    Instant now = clock.instant();
    endAll(sql -> new Ledger(sql).expire(Directive.EXPIRED, now));
    forgetSecrets();
  }

  /** Ends runs whose machines stayed away, and deletes old output and old directives. Meant to be called every hour. */
  public void tidy() {
    Instant now = clock.instant();
    Instant lost = now.minus(ABANDON_AFTER).minus(Limits.MAX_TIME);
    endAll(sql -> new Ledger(sql).abandon(false, lost, ABANDONED, now));
    endAll(sql -> new Ledger(sql).abandon(true, lost, ABANDONED, now));
    boolean more;
    do {
      more = store.write(sql -> new Retention(sql).dropOutput(now.minus(KEEP_OUTPUT)));
    } while (more && !stopped);
    do {
      more = store.write(sql -> new Retention(sql).dropDirectives(now.minus(KEEP_DIRECTIVES)));
    } while (more && !stopped);
  }

  /** Makes whatever is under way end with its present piece; what is left is done by the next life of the server. */
  public void stop() {
    stopped = true;
  }

  /** Secrets are deleted as soon as nobody can need them any more. */
  private void forgetSecrets() {
    for (String directive : store.read(sql -> new SecretTable(sql).ended())) {
      store.write(sql -> {
        new SecretTable(sql).delete(directive);
        return null;
      });
    }
  }

  private void endAll(Transaction<List<RunKey>> batch) {
    List<RunKey> ended;
    do {
      ended = store.write(batch);
      ended.stream().map(RunKey::directive).distinct().forEach(changes::changed);
    } while (ended.size() == Ledger.BATCH && !stopped);
  }
}
