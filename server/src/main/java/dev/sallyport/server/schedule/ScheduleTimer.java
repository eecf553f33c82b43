package dev.sallyport.server.schedule;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.sallyport.server.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the scheduler again and again. */
public final class ScheduleTimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleTimer.class);
  /** How late a firing is at most while the server runs. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Scheduler scheduler;
  private final ScheduledExecutorService timer = Executors
      .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("schedule-timer").daemon().factory());

  public ScheduleTimer(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Begins. */
  public void start() {
    var _ = timer.scheduleWithFixedDelay(this::tickSafely, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits for the piece of work that is under way. */
  @Override
  public void close() {
    timer.close();
  }

  private void tickSafely() {
    try {
      scheduler.tick();
    } catch (StoreUnavailableException e) {
      LOG.warn("schedules wait for the store: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("firing schedules failed; it is tried again", e);
    }
  }
}
