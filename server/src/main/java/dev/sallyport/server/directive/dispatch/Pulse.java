package dev.sallyport.server.directive.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.sallyport.server.directive.record.Ledger;
import dev.sallyport.server.directive.record.OutputChunk;
import dev.sallyport.server.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to happen from time to time while runs are under way: storing their output so that operators see it as it comes, repeating
 * cancels, ending waits without hope, telling machines what is settled.
 */
public final class Pulse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

  /** Time between two ticks: how long output of a running program waits for company before it is stored and shown. */
  static final Duration INTERVAL = Duration.ofMillis(50);
  /** Bytes of output stored in one transaction; what exceeds it follows in the next. */
  static final int MAX_FLUSH_BYTES = 8 * 1024 * 1024;

  private final Workshop workshop;
  private final Dispatcher dispatcher;
  private final ScheduledExecutorService timer = Executors
      .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("dispatch-pulse").daemon().factory());

  public Pulse(Workshop workshop, Dispatcher dispatcher) {
    this.workshop = workshop;
    this.dispatcher = dispatcher;
  }

  /** Ticks from now on. */
  public void start() {
    var _ = timer.scheduleWithFixedDelay(this::tickSafely, INTERVAL.toMillis(), INTERVAL.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.close();
  }

  private void tickSafely() {
    try {
      tick();
    } catch (RuntimeException e) {
      LOG.error("a tick of the dispatcher failed; the next one follows", e);
    }
  }

  /** Does everything that is due. */
  public void tick() {
    long now = workshop.nanoTime().getAsLong();
    for (Carrier carrier : dispatcher.carriers()) {
      carrier.guard().tick(now).forEach(id -> workshop.switchboard().cancel(carrier.key().machine(), id));
    }
    flush();
    dispatcher.settlements().send();
    dispatcher.retry(now);
  }

  private void flush() {
    var batch = new LinkedHashMap<Carrier, List<OutputChunk>>();
    long bytes = 0;
    for (Carrier carrier : dispatcher.carriers()) {
      List<OutputChunk> chunks = carrier.output().startFlush();
      if (!chunks.isEmpty()) {
        batch.put(carrier, chunks);
        bytes += chunks.stream().mapToLong(chunk -> chunk.bytes().length).sum();
      }
      if (bytes >= MAX_FLUSH_BYTES) {
        store(batch);
        batch.clear();
        bytes = 0;
      }
    }
    store(batch);
  }

  private void store(Map<Carrier, List<OutputChunk>> batch) {
    if (batch.isEmpty()) {
      return;
    }
    boolean stored = false;
    try {
      workshop.store().write(sql -> {
        var ledger = new Ledger(sql);
        batch.forEach((carrier, chunks) -> ledger.append(carrier.key(), chunks));
        return null;
      });
      stored = true;
    } catch (StoreUnavailableException e) {
      LOG.warn("output of {} runs could not be stored and is tried again: {}", batch.size(), e.getMessage());
    } finally {
      for (Carrier carrier : new ArrayList<>(batch.keySet())) {
        carrier.output().flushed(stored);
      }
    }
    if (stored) {
      batch.keySet().stream().map(carrier -> carrier.key().directive()).distinct().forEach(workshop.changes()::changed);
    }
  }
}
