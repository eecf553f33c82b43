package dev.sallyport.server.directive;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.sallyport.server.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the housekeeping when it is time. */
public final class Caretaker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);
  /** How late an expired run may be shown as expired; a machine is never asked too late, whatever this is. */
  private static final Duration EXPIRE_EVERY = Duration.ofSeconds(2);
  private static final Duration TIDY_EVERY = Duration.ofHours(1);
  private static final Duration FIRST_TIDY = Duration.ofMinutes(1);

  private final Housekeeping housekeeping;
  private final ScheduledExecutorService timer = Executors
      .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("directive-caretaker").daemon().factory());

  public Caretaker(Housekeeping housekeeping) {
    this.housekeeping = housekeeping;
  }

  /** Begins. */
  public void start() {
    var _ = timer.scheduleWithFixedDelay(() -> safely(housekeeping::expire), EXPIRE_EVERY.toMillis(),
        EXPIRE_EVERY.toMillis(),
        TimeUnit.MILLISECONDS);
    var _ = timer.scheduleWithFixedDelay(() -> safely(housekeeping::tidy), FIRST_TIDY.toMillis(), TIDY_EVERY.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Waits for the piece of work that is under way. */
  @Override
  public void close() {
    housekeeping.stop();
    timer.close();
  }

  private static void safely(Runnable work) {
    try {
      work.run();
    } catch (StoreUnavailableException e) {
      LOG.warn("housekeeping waits for the store: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("housekeeping failed; it is tried again", e);
    }
  }
}
