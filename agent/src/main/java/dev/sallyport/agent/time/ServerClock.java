package dev.sallyport.agent.time;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The server's time as told in the last authenticated handshake, carried on by a clock that never jumps. Whether an order has expired
 * is judged by it: a machine whose own clock is a year off still starts what is due and nothing else.
 */
public final class ServerClock implements InstantSource {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final AgentClock own;
  private volatile Reading reading;

  private record Reading(boolean known, long serverMs, long nanoTime) {}

  public ServerClock(AgentClock own) {
    this.own = own;
    this.reading = new Reading(false, 0, 0);
  }

  /** The server has just said what time it is. */
  public void set(long serverMs) {
    reading = new Reading(true, serverMs, own.nanoTime());
  }

  /** The server's time; until the first contact after a start the machine's own. */
  @Override
  public Instant instant() {
    Reading last = reading;
    if (!last.known()) {
      return own.instant();
    }
    return Instant.ofEpochMilli(last.serverMs() + (own.nanoTime() - last.nanoTime()) / NANOS_PER_MILLI);
  }
}
