package dev.sallyport.gateway.admission;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

import dev.sallyport.gateway.RefusedAttempt;
import dev.sallyport.gateway.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells of refused attempts without becoming a flood itself: {@value #MAX_PER_MINUTE} a minute of one source one by one, the
 * rest as one value with a count when the minute is over. Sources beyond {@value #MAX_SOURCES} a minute share one such count.
 * Telling is another thread's work, and what it cannot keep up with is counted too, so the sum of all counts stays true.
 */
public final class RefusalLog implements AutoCloseable {
  static final int MAX_PER_MINUTE = 10;
  static final int MAX_SOURCES = 16_384;
  static final int MAX_QUEUED = 1_024;

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Logger LOG = System.getLogger(RefusalLog.class.getName());

  private final TimeSource time;
  private final Consumer<RefusedAttempt> listener;
  private final BlockingQueue<RefusedAttempt> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
  private final Map<Source, Window> windows = new HashMap<>();
  private final Window others;
  private final Thread teller;

  /** @param listener hears of them, one call at a time; may block */
  public RefusalLog(TimeSource time, Consumer<RefusedAttempt> listener) {
    this.time = time;
    this.listener = listener;
    others = new Window(time.nanoTime());
    teller = Thread.ofVirtual().name("gateway-refusals").start(this::tell);
  }

  /** Takes note; never blocks. */
  public synchronized void refused(RefusedAttempt attempt) {
    Window window = window(Source.of(attempt.remote()));
    if (window.told < MAX_PER_MINUTE && queue.offer(attempt)) {
      window.told++;
    } else {
      window.untold += attempt.count();
      window.last = attempt;
    }
  }

  /** Tells what has been counted in minutes that are over; to be called now and then. */
  public synchronized void sweep() {
    long now = time.nanoTime();
    windows.values().removeIf(window -> over(window, now) && told(window));
    if (over(others, now) && told(others)) {
      others.begin(now);
    }
  }

  private Window window(Source source) {
    Window window = windows.get(source);
    if (window == null) {
      if (windows.size() >= MAX_SOURCES) {
        return others;
      }
      window = new Window(time.nanoTime());
      windows.put(source, window);
    }
    return window;
  }

  private static boolean over(Window window, long now) {
    return now - window.begun >= WINDOW.toNanos();
  }

  /** Whether nothing of it is left to tell. */
  private boolean told(Window window) {
    RefusedAttempt last = window.last;
    return last == null
        || queue.offer(new RefusedAttempt(last.reason(), last.remote(), last.transport(), last.subject(),
            last.attempt(), window.untold, last.at()));
  }

  private void tell() {
    try {
      while (true) {
        RefusedAttempt attempt = queue.take();
        try {
          listener.accept(attempt);
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "a refused attempt could not be recorded: " + attempt, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  @Override
  public void close() {
    teller.interrupt();
  }

  private static final class Window {
    private long begun;
    private int told;
    private long untold;
    private @Nullable RefusedAttempt last;

    Window(long begun) {
      this.begun = begun;
    }

    void begin(long now) {
      begun = now;
      told = 0;
      untold = 0;
      last = null;
    }
  }
}
