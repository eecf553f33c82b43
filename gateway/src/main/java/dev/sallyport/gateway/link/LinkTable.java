package dev.sallyport.gateway.link;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import dev.sallyport.gateway.AgentLink;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.frame.GoAwayCode;

/** The links there are, one for an agent. */
public final class LinkTable {
  private final Map<String, Link> byAgent = new ConcurrentHashMap<>();
  private final SharedDescriptions descriptions = new SharedDescriptions();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fewer = lock.newCondition();

  /** A newer link takes the place of the agent's older one, which is told so (make before break). */
  void establish(Link link) {
    Link older = byAgent.put(link.agentId(), link);
    if (older != null) {
      older.close(GoAwayCode.SUPERSEDED);
    }
  }

  void remove(Link link) {
    if (byAgent.remove(link.agentId(), link)) {
      lock.lock();
      try {
        fewer.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  AgentMessage.Describe share(AgentMessage.Describe description) {
    return descriptions.share(description);
  }

  /** All links, a view. */
  public Collection<? extends AgentLink> links() {
    return Collections.unmodifiableCollection(byAgent.values());
  }

  /** Tells all sessions the time; to be called about once a second. */
  public void tick(long nanoTime, RandomGenerator random) {
    byAgent.values().forEach(link -> link.tick(nanoTime, random));
  }

  /** Asks all agents to go, each to come back after a time of its own. */
  public void drain(Supplier<Duration> retryAfter) {
    byAgent.values().forEach(link -> link.drain(retryAfter.get()));
  }

  /** Waits until no link is left; false if some are when the time is over. */
  public boolean awaitNone(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (!byAgent.isEmpty() && left > 0) {
        left = fewer.awaitNanos(left);
      }
      return byAgent.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all links now. */
  public void cut() {
    byAgent.values().forEach(Link::cut);
  }
}
