package dev.sallyport.server.directive;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the housekeeping when it is time. */
final class Caretaker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);
  private static final Duration EXPIRE_EVERY = Duration.ofSeconds(2);
  private static final Duration TIDY_EVERY = Duration.ofHours(1);

  private final Housekeeping housekeeping;
  private final ScheduledExecutorService timer = Executors
      .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("housekeeping").daemon().factory());

  Caretaker(Housekeeping housekeeping) {
    this.housekeeping = housekeeping;
  }

  void start() {
    schedule(housekeeping::expire, EXPIRE_EVERY);
    schedule(housekeeping::tidy, TIDY_EVERY);
  }

  private void schedule(Runnable work, Duration every) {
    var _ = timer.scheduleWithFixedDelay(() -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.error("housekeeping failed; it is tried again in {}", every, e);
      }
    }, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdown();
  }
}
