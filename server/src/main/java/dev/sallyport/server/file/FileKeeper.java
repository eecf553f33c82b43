package dev.sallyport.server.file;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.sallyport.server.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Once an hour deletes files whose time is over. */
final class FileKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileKeeper.class);
  private static final Duration FIRST = Duration.ofMinutes(2);
  private static final Duration EVERY = Duration.ofHours(1);

  private final StoredFiles files;
  private final ScheduledExecutorService timer = Executors
      .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("file-keeper").daemon().factory());

  FileKeeper(StoredFiles files) {
    this.files = files;
  }

  void start() {
    var _ = timer.scheduleWithFixedDelay(this::tidy, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tidy() {
    try {
      files.tidy();
    } catch (IOException | StoreUnavailableException e) {
      LOG.warn("old files could not be deleted and are tried again: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("deleting old files failed; it is tried again", e);
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
