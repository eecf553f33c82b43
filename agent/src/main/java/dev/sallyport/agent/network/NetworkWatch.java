package dev.sallyport.agent.network;

import java.time.Duration;
import java.util.List;

import dev.sallyport.agent.time.AgentClock;

/**
 * Looks at this machine's networks: about once a second while there is no link and something is waited for, half as often while a link
 * lives, since an idle agent does hardly anything else. The JDK offers no subscription to changes; a look reads a few small files into
 * buffers it keeps, and takes nothing apart that has not changed.
 *
 * <p>Whoever waits here looks; only while somebody {@link #follow follows} is there a thread for it, so that an agent has one thread that
 * looks, never two and never none.
 */
public final class NetworkWatch implements Networks {
  /** Between two looks: a change is noticed within a second, the time that a look takes included. */
  static final Duration STEP = Duration.ofMillis(950);

  /** The same while a link lives. */
  static final Duration LINKED_STEP = Duration.ofMillis(1_950);

  private static final long STACK_BYTES = 128 * 1024;

  private final NetworkSource source;
  private final AgentClock clock;
  private volatile NetworkState last = NetworkState.UNKNOWN;
  private volatile boolean looked;

  NetworkWatch(NetworkSource source, AgentClock clock) {
    this.source = source;
    this.clock = clock;
  }

  /** A watch on the machine this runs on. */
  public static NetworkWatch ofThisMachine(AgentClock clock) {
    return new NetworkWatch(NetworkSource.ofThisMachine(), clock);
  }

  @Override
  public NetworkState current() {
    return looked ? last : look();
  }

  @Override
  public boolean pause(Duration atMost) throws InterruptedException {
    NetworkState before = current();
    long end = clock.nanoTime() + atMost.toNanos();
    for (long left = atMost.toNanos(); left > 0; left = end - clock.nanoTime()) {
      clock.pause(Duration.ofNanos(Math.min(left, STEP.toNanos())));
      if (look().differsFrom(before)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean awaitWayTo(List<String> hosts) throws InterruptedException {
    boolean waited = false;
    while (!leadsToOne(look(), hosts)) {
      waited = true;
      clock.pause(STEP);
    }
    return waited;
  }

  private static boolean leadsToOne(NetworkState state, List<String> hosts) {
    for (String host : hosts) {
      if (state.leadsTo(host)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Following follow(NetworkListener listener) {
    var thread = new Thread(null, () -> follow(current(), listener), "network-watch", STACK_BYTES, false);
    thread.setDaemon(true);
    thread.start();
    return thread::interrupt;
  }

  private void follow(NetworkState first, NetworkListener listener) {
    NetworkState before = first;
    try {
      while (true) {
        clock.pause(LINKED_STEP);
        NetworkState after = look();
        if (after.differsFrom(before)) {
          listener.changed(before, after);
          before = after;
        }
      }
    } catch (InterruptedException e) {
      // Closed: nobody listens any more, and the thread ends.
      Thread.currentThread().interrupt();
    }
  }

  /** One look, now. */
  synchronized NetworkState look() {
    NetworkState now = source.look(last);
    last = now;
    looked = true;
    return now;
  }
}
