package dev.sallyport.server.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.audit.EntryBundle;
import dev.sallyport.audit.LogDamagedException;
import dev.sallyport.audit.LogFiles;
import dev.sallyport.audit.LogWriter;
import dev.sallyport.audit.NoteKey;
import dev.sallyport.audit.SignedCheckpoint;
import dev.sallyport.audit.Tree;
import dev.sallyport.protocol.enrol.Ed25519;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log on the disk and the one thread that writes it: whatever waits goes to the disk with one sync. After a failure every caller is
 * refused until the log could be opened again, for what cannot be recorded must not happen.
 */
public final class AuditLog implements Audit, AutoCloseable {
  /** Events that may wait at once; whoever comes then waits for a place. */
  static final int MAX_WAITING = 8_192;
  /** How long whoever waits for a place does so. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  /** Entries after which a checkpoint is signed. */
  static final int CHECKPOINT_ENTRIES = 256;
  /** Time after which a checkpoint is signed if there is anything new. */
  static final Duration CHECKPOINT_AGE = Duration.ofSeconds(10);
  private static final JsonLimits LIMITS = new JsonLimits(EntryBundle.MAX_ENTRY_BYTES, JsonLimits.MAX_DEPTH);
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

  private final Path directory;
  private final NoteKey key;
  private final KeyPair pair;
  private final InstantSource clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition freed = lock.newCondition();
  // Guarded by the lock.
  private final ArrayDeque<Ticket> waiting = new ArrayDeque<>();
  private int waitingEvents;
  private boolean closed;
  private volatile LogWriter writer;
  // Only the thread's.
  private boolean broken;
  private Instant latest;
  private long checkpointDue;

  private AuditLog(Path directory, NoteKey key, KeyPair pair, InstantSource clock) throws IOException {
    this.directory = directory;
    this.key = key;
    this.pair = pair;
    this.clock = clock;
    this.writer = LogWriter.open(directory, key, pair.getPrivate());
    this.latest = latest(writer);
    this.thread = Thread.ofPlatform().name("audit").unstarted(this::work);
  }

  /**
   * Opens the log and begins its thread.
   *
   * @param directory exists and is this server's alone
   * @param name the log's, which is part of every checkpoint
   * @param pair Ed25519, for nothing else
   * @throws StoreUnavailableException if it cannot be opened, or is not what was signed
   */
  public static AuditLog open(Path directory, String name, KeyPair pair, InstantSource clock) {
    try {
      var log = new AuditLog(directory, new NoteKey(name, Ed25519.raw(pair.getPublic())), pair, clock);
      log.thread.start();
      if (log.writer.wasTorn()) {
        log.record(AuditEvent.of("audit.recovered"));
      }
      return log;
    } catch (LogDamagedException e) {
      throw new StoreUnavailableException("The audit log in " + directory + " was changed or lost entries: "
          + e.getMessage() + " Put it back from a backup that is as new as the log was; if there is none, keep it as"
          + " evidence, move it away and start again: whoever kept a checkpoint sees that the log is another.", e);
    } catch (IOException e) {
      throw new StoreUnavailableException("The audit log in " + directory + " cannot be opened: " + e.getMessage()
          + ". Free space on the disk, or give the server's user the right to write there.", e);
    }
  }

  @Override
  public Pending begin(List<AuditEvent> events) {
    var ticket = new Ticket(events);
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (waitingEvents >= MAX_WAITING && !closed) {
        if (left <= 0) {
          throw new StoreUnavailableException("The audit log is overloaded: " + MAX_WAITING
              + " events wait for the disk. Repeat the request in a minute; if this lasts, the disk is slow.");
        }
        left = freed.awaitNanos(left);
      }
      if (closed) {
        throw new StoreUnavailableException("The server is shutting down. Repeat the request when it is back.");
      }
      waiting.add(ticket);
      waitingEvents += events.size();
      filled.signal();
      return ticket;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("The request was given up while the audit log was overloaded.", e);
    } finally {
      lock.unlock();
    }
  }

  /** Has this called whenever there is something new on the disk; it must not block. */
  void listen(Runnable listener) {
    listeners.add(listener);
  }

  /** How many entries there are. */
  public long size() {
    return writer.size();
  }

  /** One entry as it is stored, of a number below {@link #size()}. */
  public byte[] entry(long number) throws IOException {
    return writer.entry(number);
  }

  /** What an entry says it is about. */
  public record Told(String type, Instant at, String object) {}

  /** What entry {@code number} says it is about. */
  public Told told(long number) throws IOException {
    JsonObject json = parse(entry(number));
    return new Told(json.string("type", ""), time(json), json.string("obj", ""));
  }

  /** The newest checkpoint. */
  public SignedCheckpoint checkpoint() {
    return writer.newest();
  }

  /** The tree as it was with so many entries. */
  public Tree tree(long entries) {
    return writer.tree(entries);
  }

  /** The files as they are published. */
  public LogFiles files() {
    return new LogFiles(directory);
  }

  /** Who signs. */
  public NoteKey key() {
    return key;
  }

  /** Writes what waits and signs a last checkpoint. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
      freed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    try {
      writer.close();
    } catch (IOException e) {
      LOG.warn("the audit log's last checkpoint could not be written; the next start writes it", e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    var batch = new ArrayList<Ticket>();
    while (take(batch)) {
      String failure = write(batch);
      batch.forEach(ticket -> {
        if (failure.isEmpty()) {
          ticket.succeed();
        } else {
          ticket.fail(failure);
        }
      });
      if (failure.isEmpty() && !batch.isEmpty()) {
        listeners.forEach(Runnable::run);
      }
      batch.clear();
      sign();
    }
  }

  /** Waits for work or the time to sign; false once closed and nothing waits. */
  private boolean take(List<Ticket> batch) {
    lock.lock();
    try {
      long left = unsigned() > 0 ? checkpointDue - System.nanoTime() : Long.MAX_VALUE;
      while (waiting.isEmpty() && !closed && left > 0) {
        left = filled.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      LOG.debug("nobody interrupts this thread; it ends by close()", e);
    } finally {
      batch.addAll(waiting);
      waiting.clear();
      waitingEvents = 0;
      freed.signalAll();
      lock.unlock();
    }
    return !batch.isEmpty() || !isClosed();
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Returns what to tell whoever waits if it failed, {@code ""} otherwise. */
  private String write(List<Ticket> batch) {
    if (batch.isEmpty()) {
      return "";
    }
    try {
      if (broken) {
        writer = LogWriter.open(directory, key, pair.getPrivate());
        broken = false;
        LOG.info("the audit log can be written again");
      }
      if (unsigned() == 0) {
        checkpointDue = System.nanoTime() + CHECKPOINT_AGE.toNanos();
      }
      for (Ticket ticket : batch) {
        for (AuditEvent event : ticket.events()) {
          writer.append(event.line(writer.size(), next()));
        }
      }
      writer.sync();
      return "";
    } catch (IOException | RuntimeException e) {
      broken = true;
      LOG.error("the audit log in {} cannot be written; nothing that must be recorded is done meanwhile", directory, e);
      return "The audit log cannot be written: " + e.getMessage() + ". Nothing is done that it does not hold; free"
          + " space on the server's disk and repeat the request.";
    }
  }

  private void sign() {
    if (broken || unsigned() == 0
        || (unsigned() < CHECKPOINT_ENTRIES && System.nanoTime() - checkpointDue < 0)) {
      return;
    }
    try {
      writer.checkpoint();
    } catch (IOException e) {
      broken = true;
      LOG.error("the audit log's checkpoint cannot be written to {}", directory, e);
    }
  }

  private long unsigned() {
    return writer.size() - writer.newest().checkpoint().size();
  }

  /** Times never go back in the log, whatever the clock does. */
  private Instant next() {
    Instant now = clock.instant();
    latest = now.isAfter(latest) ? now : latest;
    return latest;
  }

  private static Instant latest(LogWriter writer) throws IOException {
    return writer.size() == 0 ? Instant.EPOCH : time(parse(writer.entry(writer.size() - 1)));
  }

  /** An entry's fields. */
  static JsonObject parse(byte[] entry) {
    return Json.parseObject(entry, LIMITS);
  }

  /** When an entry was written. */
  static Instant time(JsonObject entry) {
    return Instant.parse(entry.string("ts"));
  }
}
