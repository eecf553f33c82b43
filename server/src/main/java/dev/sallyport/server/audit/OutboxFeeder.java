package dev.sallyport.server.audit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.server.event.ChangeFeed;
import dev.sallyport.server.event.ChangeWatch;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what the outbox holds into the log, soon after it was stored. */
public final class OutboxFeeder implements AutoCloseable {
  /** How long events gather, so that many go with one sync. */
  private static final Duration GATHER = Duration.ofMillis(100);
  /** How often it looks whether something was left. */
  private static final Duration LOOK_UP = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(OutboxFeeder.class);

  private final Audit log;
  private final AuditIndex index;
  private final Store store;
  private final ChangeFeed feed;
  private final Thread thread = Thread.ofVirtual().name("audit-outbox").unstarted(this::run);
  private final ReentrantLock working = new ReentrantLock();

  public OutboxFeeder(Audit log, AuditIndex index, Store store, ChangeFeed feed) {
    this.log = log;
    this.index = index;
    this.store = store;
    this.feed = feed;
  }

  /** Begins. What an earlier life of the server left may be in the log already: that is looked up. */
  public void start() {
    carry(true);
    thread.start();
  }

  /** Carries what is there once more and ends. */
  @Override
  public void close() {
    working.lock();
    try {
      thread.interrupt(); // only while it waits for changes: what it writes it writes whole
    } finally {
      working.unlock();
    }
    try {
      thread.join();
      carrySafely();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        follow();
      }
    } catch (InterruptedException e) {
      LOG.debug("told to end", e);
    }
  }

  /** Follows the changes until there were more than a watch keeps. */
  private void follow() throws InterruptedException {
    try (ChangeWatch watch = feed.watch()) {
      carrySafely();
      while (!watch.overrun()) {
        if (!watch.take(LOOK_UP, GATHER).isEmpty()) {
          carrySafely();
        }
      }
    }
  }

  private void carrySafely() {
    working.lock();
    try {
      carry(false);
    } catch (StoreUnavailableException e) {
      LOG.warn("what happened to runs is not in the audit log yet: {}", e.getMessage());
    } finally {
      working.unlock();
    }
  }

  private void carry(boolean mayBeThere) {
    List<AuditOutbox.Row> rows;
    do {
      rows = store.read(sql -> new AuditOutbox(sql).oldest());
      List<AuditEvent> events = rows.stream().map(AuditOutbox.Row::event)
          .filter(event -> !mayBeThere || !index.has(event)).toList();
      if (!events.isEmpty()) {
        log.begin(events).await();
      }
      if (!rows.isEmpty()) {
        long last = rows.getLast().id();
        store.write(sql -> {
          new AuditOutbox(sql).delete(last);
          return null;
        });
      }
    } while (rows.size() == AuditOutbox.BATCH);
  }
}
