package dev.sallyport.gateway;

import java.time.Instant;

/** The gateway's two clocks, injected so that tests can turn them. Safe for use by many threads. */
public interface TimeSource {
  /** Nanoseconds of a clock that only moves forward, for waits and rates. */
  long nanoTime();

  /** The time of day, for records and for what agents are told. */
  Instant now();

  /** The machine's clocks. */
  static TimeSource system() {
    return new TimeSource() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Instant now() {
        return Instant.now();
      }
    };
  }
}
