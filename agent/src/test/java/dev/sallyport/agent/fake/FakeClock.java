package dev.sallyport.agent.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sallyport.agent.time.AgentClock;

/** A clock whose pauses take no time: real time goes on, and every pause adds to it. */
public class FakeClock implements AgentClock {
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private volatile Duration skipped = Duration.ZERO;
  private volatile Duration jumped = Duration.ZERO;

  @Override
  public Instant instant() {
    return Instant.now().plus(skipped).plus(jumped);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime() + skipped.toNanos();
  }

  @Override
  public synchronized void pause(Duration time) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pauses.add(time);
    skipped = skipped.plus(time);
  }

  /** So much time passes at once. */
  public synchronized void skip(Duration time) {
    skipped = skipped.plus(time);
  }

  /** The machine's clock is set to another time; {@link #nanoTime} does not notice. */
  public void jump(Duration by) {
    jumped = jumped.plus(by);
  }

  /** Forgets them, for tests that pause for a week. */
  protected void forgetPauses() {
    pauses.clear();
  }

  /** The pauses so far. */
  public List<Duration> pauses() {
    return List.copyOf(pauses);
  }
}
