package dev.sallyport.server.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds entries. The index follows the log when somebody looks, and else from time to time, so that it takes none of the time in which
 * directives are stored. It is nobody's evidence: what it finds is read from the log.
 */
public final class AuditIndex implements AutoCloseable {
  /** Entries that are added in one transaction. */
  static final int BATCH = 500;
  /** How long new entries may stay out of the index while nobody looks. */
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(AuditIndex.class);

  private final AuditLog log;
  private final Store store;
  private final ReentrantLock following = new ReentrantLock();
  private final Periodic follower;

  public AuditIndex(AuditLog log, Store store) {
    this.log = log;
    this.store = store;
    this.follower = new Periodic("audit-index", EVERY, this::followSafely);
  }

  /**
   * What was found.
   *
   * @param entries newest first
   * @param next what to look before for more; −1 if there is no more
   */
  public record Found(List<Entry> entries, long next) {}

  /** An entry and its number. */
  public record Entry(long number, Bytes line) {}

  /** Begins to follow the log. */
  public void start() {
    follower.start();
    log.listen(follower::wake);
  }

  /** Looks for entries; all that were written before this was called are found. */
  public Found find(AuditSearch search) {
    follow();
    List<Long> numbers = store.read(sql -> new IndexTable(sql).find(search));
    boolean more = numbers.size() > search.limit();
    var entries = new ArrayList<Entry>();
    for (long number : more ? numbers.subList(0, search.limit()) : numbers) {
      entries.add(new Entry(number, Bytes.of(read(number))));
    }
    return new Found(entries, more ? entries.getLast().number() : -1);
  }

  /** Whether the log has an event of this type about this object and machine. */
  boolean has(AuditEvent event) {
    follow();
    return store.read(sql -> new IndexTable(sql).has(event));
  }

  @Override
  public void close() {
    follower.close();
  }

  private void followSafely() {
    try {
      follow();
    } catch (StoreUnavailableException | UncheckedIOException e) {
      LOG.warn("the index of the audit log falls behind: {}", e.getMessage());
    }
  }

  /** Adds what the log has more; begins anew if the log is another than the one that was indexed. */
  private void follow() {
    following.lock();
    try {
      long size = log.size();
      IndexTable.Last last = store.read(sql -> new IndexTable(sql).last());
      if (last.number() >= size || (last.number() >= 0 && AuditLog.time(AuditLog.parse(read(last.number())))
          .toEpochMilli() != last.at())) {
        LOG.warn("the audit log is another than the one that was indexed; its index is built anew");
        store.write(sql -> {
          new IndexTable(sql).clear();
          return null;
        });
        last = new IndexTable.Last(-1, 0);
      }
      for (long from = last.number() + 1; from < size; from += BATCH) {
        add(from, Math.min(size, from + BATCH));
      }
    } finally {
      following.unlock();
    }
  }

  private void add(long from, long to) {
    var entries = new ArrayList<JsonObject>();
    for (long number = from; number < to; number++) {
      entries.add(AuditLog.parse(read(number)));
    }
    store.write(sql -> {
      var table = new IndexTable(sql);
      for (int i = 0; i < entries.size(); i++) {
        table.insert(from + i, entries.get(i));
      }
      return null;
    });
  }

  private byte[] read(long number) {
    try {
      return log.entry(number);
    } catch (IOException e) {
      throw new UncheckedIOException("entry " + number + " of the audit log cannot be read: " + e.getMessage(), e);
    }
  }
}
