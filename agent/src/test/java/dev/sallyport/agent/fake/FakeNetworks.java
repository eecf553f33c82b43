package dev.sallyport.agent.fake;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

import dev.sallyport.agent.network.NetworkId;
import dev.sallyport.agent.network.NetworkListener;
import dev.sallyport.agent.network.NetworkState;
import dev.sallyport.agent.network.Networks;
import dev.sallyport.agent.time.AgentClock;

/** One network after another, as a test says; whoever looks for a better way looks when the test says so. */
public final class FakeNetworks implements Networks {
  /** Shorter pauses are those between two attempts. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  private final AgentClock clock;
  private final Semaphore looks = new Semaphore(0);
  private final List<NetworkListener> followers = new CopyOnWriteArrayList<>();
  private volatile NetworkState state;

  public FakeNetworks(AgentClock clock, NetworkState state) {
    this.clock = clock;
    this.state = state;
  }

  /** A network of this name that leads everywhere. */
  public static NetworkState named(String name) {
    return new NetworkState(true, List.of("192.0.2.1 by eth0"), java.util.Set.of(), new NetworkId(name, name));
  }

  /** The machine is somewhere else now. */
  public synchronized void become(NetworkState next) {
    NetworkState before = state;
    state = next;
    followers.forEach(follower -> follower.changed(before, next));
    notifyAll();
  }

  /** Now is the time to look for a better way, once. */
  public void look() {
    looks.release();
  }

  @Override
  public NetworkState current() {
    return state;
  }

  @Override
  public boolean pause(Duration atMost) throws InterruptedException {
    if (atMost.compareTo(LOOK) >= 0) {
      looks.acquire();
      return false;
    }
    clock.pause(atMost);
    return false;
  }

  @Override
  public synchronized boolean awaitWayTo(List<String> hosts) throws InterruptedException {
    boolean waited = false;
    while (hosts.stream().noneMatch(state::leadsTo)) {
      waited = true;
      wait();
    }
    return waited;
  }

  @Override
  public Following follow(NetworkListener listener) {
    followers.add(listener);
    return () -> followers.remove(listener);
  }
}
